"""An engine of small fakes that can be trained, and what it is trained on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import torch

from imgsearch_gui.core.content_rule.policy import ContentRule
from imgsearch_gui.core.engine import Engine
from imgsearch_gui.core.matching.config import config_for
from imgsearch_gui.core.matching.matcher import Matcher
from imgsearch_gui.core.types.ratings import Rating, RatingScale
from tests.fakes import SOME_BANDS, SOME_INFO, FakeImageEncoder, FakeTextEncoder, some_score, some_space

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.core.matching.checkpoint import ModelInfo
    from imgsearch_gui.core.storage.library import Library


def make_engine(library: Library, info: ModelInfo = SOME_INFO, text: FakeTextEncoder | None = None) -> Engine:
    """An engine whose matcher nobody trained."""
    torch.manual_seed(0)
    image_encoder, text_encoders = FakeImageEncoder(), [text or FakeTextEncoder()]
    config = replace(config_for(image_encoder, text_encoders), joint_dim=64, image_hidden=16, text_hidden=16)
    model = Matcher(some_space(config), some_score(config), SOME_BANDS), info
    return Engine(library, image_encoder, text_encoders, model, ContentRule.load(language=lambda _: "en"))


def rate_all(library: Library, folder: Path, queries: tuple[str, ...], *, scale: RatingScale) -> int:
    """Rates each picture of an indexed folder for each query, in turn from low to high; returns how many."""
    values = range(1, 5) if scale is RatingScale.EXPERT else range(2)
    count = 0
    for content_hash in sorted(set(library.content_hashes(folder).values())):
        for query in queries:
            value = values[count % len(values)]
            now = datetime(2026, 1, 1, tzinfo=UTC)
            library.add_rating(Rating(query, content_hash, "Ann", scale, value, now))
            count += 1
    return count
