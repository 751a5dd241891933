"""What the encoders that a user brings have in common: files that are not ours, libraries that are optional.

Such files come from anywhere. Nothing here, or in the modules that use it, runs code that lies
beside them, unpickles objects, or asks the network.
"""

from __future__ import annotations

import hashlib
import importlib
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui import paths
from imgsearch_gui.errors import EncoderError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import ModuleType

    from imgsearch_gui.core.encoders.base import FloatArray, PixelArray

_REASON_LENGTH = 200


def library(name: str) -> ModuleType:
    """Imports an optional package, offline.

    Raises:
        EncoderError: it is not installed, or does not import beside this torch.
    """
    os.environ["HF_HUB_OFFLINE"] = "1"  # read by huggingface_hub when it is imported
    try:
        return importlib.import_module(name)
    except Exception as error:  # a torchvision built for another torch raises RuntimeError
        if isinstance(error, ModuleNotFoundError) and error.name == name:
            if paths.is_stand_alone():
                raise EncoderError(
                    sentence(
                        "The package {name} is not part of the stand-alone program; encoders of your own "
                        "need an ImgSearch that is installed from source, as the README says.",
                        name=name,
                    )
                ) from error
            raise EncoderError(
                sentence(
                    "The package {name} is not installed; type: pip install imgsearch-gui[encoders]",
                    name=name,
                )
            ) from error
        import torch

        raise EncoderError(
            sentence(
                "The package {name} does not work beside torch {version} ({error}); install "
                "versions that belong together.",
                name=name,
                version=torch.__version__,
                error=_reason(error),
            )
        ) from error


@contextmanager
def loading(path: Path) -> Iterator[None]:
    """Turns whatever a library raises over the files at ``path`` into an EncoderError."""
    try:
        yield
    except EncoderError:
        raise
    except Exception as error:
        raise EncoderError(
            sentence("The encoder {path} cannot be loaded: {error}.", path=path, error=_reason(error))
        ) from error


def fingerprint(files: Iterable[Path]) -> str:
    """Returns 12 hex digits of a SHA-256 over the contents of files, in the order given.

    Raises:
        OSError: a file cannot be read.
    """
    digests = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            digests.update(hashlib.file_digest(file, "sha256").digest())
    return digests.hexdigest()[:12]


def check_pixels(images: PixelArray, side: int) -> None:
    """Raises EncoderError unless ``images`` is uint8 [n, side, side, 3]."""
    if images.dtype != np.uint8 or images.shape[1:] != (side, side, 3):
        raise EncoderError(
            sentence("The image encoder was given pixels of shape {shape}.", shape=images.shape)
        )


def finite(vectors: FloatArray, path: Path) -> FloatArray:
    """Returns the vectors; raises EncoderError when a number of them is not finite."""
    if not np.isfinite(vectors).all():
        raise EncoderError(
            sentence(
                "The encoder {path} gives numbers that are not finite; its weights are damaged.", path=path
            )
        )
    return vectors


def unit(vectors: FloatArray) -> FloatArray:
    """Scales vectors, float32 [n, dim], to unit length; a vector of zeros gets equal components."""
    filled = np.where(np.any(vectors, axis=1, keepdims=True), vectors, np.float32(1))
    scaled: FloatArray = filled / np.linalg.norm(filled, axis=1, keepdims=True)
    return scaled


def _reason(error: BaseException) -> str:
    """The first line of what a library says, short enough for a sentence."""
    while isinstance(error, ImportError) and error.__cause__ is not None:
        error = error.__cause__  # transformers says that an import failed, its cause says why
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0][:_REASON_LENGTH].rstrip(" .:")
