"""Which encoders are used: the bundled ones, or what the user points to on disk.

A spec is what a user types:

- ``torchvision:ARCHITECTURE=FILE``: a torchvision classifier with weights from a file, for pictures.
- ``FOLDER`` or ``folder:FOLDER``: a CLIP-style folder, for pictures or text, or a
  sentence-transformers folder, for text. Such folders do not say which languages they understand:
  it is English, unless the spec ends in a list, as in ``folder:/models/labse[en,de,ru]``, or in
  ``[*]`` for every language that the program tells apart.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from imgsearch_gui.core.encoders.efficientnet_lite import EfficientNetLite2
from imgsearch_gui.core.encoders.language import LANGUAGES
from imgsearch_gui.core.encoders.minilm import MiniLM
from imgsearch_gui.core.encoders.torchvision_classifier import TorchvisionClassifier
from imgsearch_gui.core.encoders.transformers_folder import (
    CLIPImageEncoder,
    CLIPTextEncoder,
    SentenceTransformerEncoder,
)
from imgsearch_gui.core.encoders.use_multilingual import USEMultilingual
from imgsearch_gui.errors import EncoderError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imgsearch_gui.core.encoders.base import ImageEncoder, TextEncoder

_TORCHVISION = "torchvision:"
_FOLDER_SPEC = re.compile(r"(?P<folder>.+?)(?:\[(?P<languages>[^\[\]]*)\])?", re.DOTALL)


def load_image_encoder(spec: str | None = None) -> ImageEncoder:
    """Loads an image encoder.

    Args:
        spec: see the module; ``None`` is EfficientNet-Lite2. Languages are ignored, so that one spec
            serves both halves of a CLIP-style folder.

    Raises:
        EncoderError: the spec is not understood, or what it names cannot be loaded.
    """
    if spec is None:
        return EfficientNetLite2()
    if spec.startswith(_TORCHVISION):
        architecture, _, weights = spec.removeprefix(_TORCHVISION).partition("=")
        if not architecture or not weights:
            raise EncoderError(
                sentence(
                    "Write torchvision:ARCHITECTURE=FILE, as in torchvision:resnet50=r50.pth, not {spec!r}.",
                    spec=spec,
                )
            )
        return TorchvisionClassifier(architecture, Path(weights))
    return CLIPImageEncoder(_parse_folder(spec)[0])


def load_text_encoders(specs: Sequence[str] = ()) -> tuple[TextEncoder, ...]:
    """Loads text encoders, in the order given.

    Args:
        specs: see the module; none at all are MiniLM and the multilingual USE.

    Raises:
        EncoderError: a spec is not understood, or what it names cannot be loaded.
    """
    if not specs:
        return MiniLM(), USEMultilingual()
    return tuple(_load_text_encoder(spec) for spec in specs)


def _load_text_encoder(spec: str) -> TextEncoder:
    if spec.startswith(_TORCHVISION):
        raise EncoderError(
            sentence("A torchvision classifier reads pictures, not text: {spec!r}.", spec=spec)
        )
    folder, languages = _parse_folder(spec)
    if (folder / "modules.json").is_file():
        return SentenceTransformerEncoder(folder, languages)
    return CLIPTextEncoder(folder, languages)


def _parse_folder(spec: str) -> tuple[Path, frozenset[str]]:
    """Splits a folder's spec into the folder and its languages."""
    match = _FOLDER_SPEC.fullmatch(spec.removeprefix("folder:"))
    if match is None:
        raise EncoderError(
            sentence("Write the folder of an encoder, as in folder:/models/clip, not {spec!r}.", spec=spec)
        )
    listed = match["languages"]
    if listed is None:
        languages = frozenset({"en"})
    elif listed == "*":
        languages = frozenset(LANGUAGES)
    else:
        languages = frozenset(code.strip() for code in listed.split(","))
    if unknown := languages.difference(LANGUAGES):
        raise EncoderError(
            sentence(
                "An encoder's languages are * or some of {languages}; {unknown!r} is not.",
                languages=", ".join(LANGUAGES),
                unknown=min(unknown),
            )
        )
    return Path(match["folder"]), languages
