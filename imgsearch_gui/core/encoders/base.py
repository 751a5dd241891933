"""What an encoder is: a picture or a sentence goes in, a vector comes out."""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from imgsearch_gui.errors import EncoderError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

FloatArray = npt.NDArray[np.float32]
PixelArray = npt.NDArray[np.uint8]


class ImageEncoder(Protocol):
    """Turns pictures into vectors."""

    @property
    def version(self) -> str:
        """Identifies weights, input size and preprocessing: the key of cached vectors."""

    @property
    def dim(self) -> int:
        """Length of a vector."""

    @property
    def input_size(self) -> int:
        """Side of the square, in pixels, that a picture is squashed to."""

    @property
    def classes(self) -> tuple[str, ...]:
        """Names of the classes whose logits are a vector's last numbers; empty for no classifier."""

    def encode(self, images: PixelArray) -> FloatArray:
        """Encodes RGB pictures, uint8 [n, input_size, input_size, 3], to float32 [n, dim]."""


class TextEncoder(Protocol):
    """Turns sentences into vectors."""

    @property
    def version(self) -> str:
        """Identifies the weights: the key of cached vectors."""

    @property
    def dim(self) -> int:
        """Length of a vector."""

    @property
    def languages(self) -> frozenset[str]:
        """The languages it understands, ISO 639-1."""

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """Encodes n sentences to float32 [n, dim], each of unit length."""


def package_file(package: str, name: str, sha256: str) -> Path:
    """Finds a weights file in an installed package and checks it before anything parses it.

    Args:
        package: import name; the package itself is not imported.
        name: path below the package's folder.
        sha256: the hex digest that the file must have.

    Raises:
        EncoderError: the package or the file is missing, or its digest differs.
    """
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise EncoderError(
            sentence("The package {package} is not installed; install ImgSearch again.", package=package)
        )
    path = Path(spec.submodule_search_locations[0], name)
    check_digest(path, sha256)
    return path


def check_digest(path: Path, sha256: str) -> None:
    """Raises EncoderError when a file is missing or its SHA-256 is not the expected one."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise EncoderError(
            sentence("The weights {path} cannot be read: {reason}.", path=path, reason=error.strerror)
        ) from error
    if digest != sha256:
        raise EncoderError(
            sentence(
                "The weights {path} are damaged or of another version (SHA-256 {digest}).",
                path=path,
                digest=digest,
            )
        )
