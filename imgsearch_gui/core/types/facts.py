"""What a photo's file says of it beside its pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """Facts of one picture file; those of a camera may each be missing.

    Attributes:
        format: of the file, such as ``"JPEG"``; of a camera's raw file, ``"RAW"``.
        size: of the file, in bytes.
        width: of the upright picture, in pixels; of a raw file, of the preview within.
        height: likewise.
        taken: when, by the camera's clock; with its time zone where the file names one.
        camera: maker and model.
        lens: its name.
        exposure: in seconds; see :attr:`exposure_fraction`.
        aperture: the f-number.
        focal_length: in millimetres.
        iso: the sensitivity.
        place: latitude and longitude in degrees, north and east above 0.
        description: what somebody wrote into the file.
    """

    format: str
    size: int
    width: int
    height: int
    taken: datetime | None = None
    camera: str = ""
    lens: str = ""
    exposure: float | None = None
    aperture: float | None = None
    focal_length: float | None = None
    iso: int | None = None
    place: tuple[float, float] | None = None
    description: str = ""

    @property
    def exposure_fraction(self) -> str:
        """The exposure as cameras show it, without its unit: ``"1/250"``, ``"2.5"``; empty when missing."""
        if self.exposure is None:
            return ""
        if self.exposure < 0.3:  # what is longer, cameras show as seconds and tenths
            return f"1/{round(1 / self.exposure)}"
        return f"{round(self.exposure, 1):g}"
