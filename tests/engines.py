"""Engines on small made-up networks."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

import torch

from imgsearch_gui.core.content_rule.policy import ContentRule
from imgsearch_gui.core.engine import Engine
from imgsearch_gui.core.matching.config import config_for
from imgsearch_gui.core.matching.matcher import Matcher
from tests.fakes import SOME_BANDS, SOME_INFO, FakeImageEncoder, FakeTextEncoder, some_score, some_space

if TYPE_CHECKING:
    from imgsearch_gui.core.storage.library import Library
    from imgsearch_gui.core.types.photos import Bands


def make_engine(
    library: Library, encoder: FakeImageEncoder | None = None, bands: Bands = SOME_BANDS
) -> Engine:
    """Returns an engine whose matcher was never trained: the same for each library."""
    torch.manual_seed(0)
    image_encoder, text_encoders = encoder or FakeImageEncoder(), [FakeTextEncoder()]
    config = replace(config_for(image_encoder, text_encoders), joint_dim=64, image_hidden=16, text_hidden=16)
    model = Matcher(some_space(config), some_score(config), bands), SOME_INFO
    return Engine(library, image_encoder, text_encoders, model, ContentRule.load(language=lambda _: "en"))


def run(steps) -> None:
    """Goes through all steps of long work."""
    deque(steps, maxlen=0)
