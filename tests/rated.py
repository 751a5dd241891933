"""Ratings for tests, and what is looked at in the folders that they are exported to."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from imgsearch_gui.core.types.ratings import Rating, RatingScale

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
CAT, DOG = "a cat on a table", "=cmd|' /C calc'!A0, \"dog\""


def digest(file: Path) -> bytes:
    return hashlib.sha256(file.read_bytes()).digest()


def said(
    rater: str,
    value: int,
    of: bytes,
    query: str = CAT,
    minute: int = 0,
    scale: RatingScale = RatingScale.EXPERT,
) -> Rating:
    return Rating(query, of, rater, scale, value, NOON + timedelta(minutes=minute, microseconds=7))


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def lines(folder: Path, table: str) -> list[str]:
    return (folder / table).read_text(encoding="utf-8").splitlines()
