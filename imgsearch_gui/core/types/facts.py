"""What a photo's file says of it beside its pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """Facts from a photo's metadata; each may be missing.

    Attributes:
        taken: when, by the camera's clock, without a time zone.
        camera: maker and model.
        lens: its name.
        exposure: in seconds.
        aperture: the f-number.
        focal_length: in millimetres.
        iso: the sensitivity.
        place: latitude and longitude in degrees, north and east above 0.
        description: what somebody wrote into the file.
    """

    taken: datetime | None = None
    camera: str = ""
    lens: str = ""
    exposure: float | None = None
    aperture: float | None = None
    focal_length: float | None = None
    iso: int | None = None
    place: tuple[float, float] | None = None
    description: str = ""
