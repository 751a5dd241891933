"""Makes the engine: loads encoders, matcher and content rule."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from imgsearch_gui import paths
from imgsearch_gui.core.content_rule.policy import ContentRule
from imgsearch_gui.core.encoders.registry import load_image_encoder, load_text_encoders
from imgsearch_gui.core.engine import Engine
from imgsearch_gui.core.matching.checkpoint import load_matcher
from imgsearch_gui.core.memory import give_back_memory

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from imgsearch_gui.core.matching.model_store import ModelStore
    from imgsearch_gui.core.storage.library import Library


def load_engine(
    library: Library,
    model: Path | None = None,
    image_encoder: str | None = None,
    text_encoders: Sequence[str] = (),
    kept: ModelStore | None = None,
) -> Engine:
    """Builds an engine: loads encoders, matcher and content rule, a few seconds of work.

    Args:
        library: an open library.
        model: a matcher file; the bundled one when not given.
        image_encoder: see :func:`~imgsearch_gui.core.encoders.registry.load_image_encoder`.
        text_encoders: see :func:`~imgsearch_gui.core.encoders.registry.load_text_encoders`.
        kept: the user's models, of which the one in use is taken instead of ``model``.

    Raises:
        ImgSearchError: a part cannot be loaded: one sentence.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="load-image-encoder") as pool:
        pictures = pool.submit(load_image_encoder, image_encoder)
        texts = load_text_encoders(text_encoders)
        if kept is None:
            loaded = load_matcher(model or paths.bundled_model())
        else:
            loaded = kept.load_in_use(lambda matcher: matcher.check_encoders(pictures.result(), texts))
        engine = Engine(library, pictures.result(), texts, loaded, ContentRule.load())
    engine.warm_up()
    give_back_memory()
    return engine
