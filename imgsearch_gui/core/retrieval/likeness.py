"""How alike pictures are: those of a folder, and one that is searched by.

Two pictures are as alike as the places that the matcher gives them in the joint space: half by its learned
part, half by what their captions would say (the caption bridge). On 100 photographs that no matcher had seen,
captions of the ten most alike have a mean similarity of 0.21 so, by the image encoder's own vectors of 0.14,
and of ten random ones of 0; the ten with the nearest captions have 0.33.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.core.pictures.decoding import Decoder
from imgsearch_gui.errors import ImageError, QueryError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from imgsearch_gui.core.encoders.base import FloatArray, ImageEncoder
    from imgsearch_gui.core.storage.library import Library
    from imgsearch_gui.core.types.query import PictureQuery

_LEARNED, _CAPTION = 0, 2  # parts of a joint vector
_PARTS = 4
_LEAST = 1e-6  # no division by zero
_KEPT = 4  # vectors of pictures from outside, for more words beside one of them
_SECONDS = 10.0  # for reading and again for decoding a picture: newer searches wait meanwhile
_BELOW_ONE = 1 - 2**-20


@dataclass(frozen=True, slots=True, eq=False)
class LikenessPlan:
    """What a picture asks of every image: a dot product with its learned part, and with its captions'.

    Attributes:
        columns: the two parts, each in a column of its own among four, float32 [width, 4].
    """

    columns: FloatArray

    def latent(self, dots: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
        """Likenesses [n], -1..1, by the dot products [4, n]; keeps the type."""
        return np.asarray((dots[_LEARNED] + np.minimum(dots[_CAPTION], 1)) / 2)


def likeness_plan(joint: FloatArray, ends: Sequence[int]) -> LikenessPlan:
    """Returns what a picture asks.

    Args:
        joint: its joint vector, float32 [width].
        ends: where the four parts begin, and the width.
    """
    columns = np.zeros((len(joint), _PARTS), np.float32)
    for part in (_LEARNED, _CAPTION):
        values = joint[ends[part] : ends[part + 1]]
        columns[ends[part] : ends[part + 1], part] = values / max(float(values @ values), _LEAST)
    return LikenessPlan(columns)


def with_itself(likeness: FloatArray, row: int | None) -> FloatArray:
    """Returns likenesses with 1 for the picture itself, where it is among them, and less for all others."""
    if row is None:
        return likeness
    others = np.minimum(likeness, np.float32(_BELOW_ONE))
    others[row] = 1
    return others


class AskedPictures:
    """Has the image encoder's vectors of pictures that are searched by. Thread-safe.

    A picture from outside is decoded as in indexing, in a process of its own that its bytes cannot break
    out of, and stays as it was first read while it is searched by.

    Args:
        library: holds the vectors of its images.
        encoder: makes those of others.
        make_decoder: makes what reads and decodes; by default one that gives up after ten seconds.
    """

    def __init__(
        self,
        library: Library,
        encoder: ImageEncoder,
        make_decoder: Callable[[], Decoder] | None = None,
    ) -> None:
        self._library, self._encoder = library, encoder
        self._make_decoder = make_decoder or partial(Decoder, _SECONDS)
        self._known: OrderedDict[object, FloatArray] = OrderedDict()
        self._lock = threading.Lock()

    def vector(self, picture: PictureQuery) -> FloatArray:
        """Returns the image encoder's vector of a picture, float32 [1, dim].

        Raises:
            QueryError: the picture is not in the library, or cannot be read: one sentence.
            LibraryError: the library cannot be read.
        """
        if picture.image_id is not None:
            _, _, vectors = self._library.image_vectors(self._encoder.version, [picture.image_id])
            if not len(vectors):
                raise gone(picture)
            return np.asarray(vectors, np.float32)
        key = picture.file if picture.data is None else hashlib.sha256(picture.data).digest()
        with self._lock:
            if key not in self._known:
                self._known[key] = self._embedded(picture)
            self._known.move_to_end(key)
            if len(self._known) > _KEPT:
                self._known.popitem(last=False)
            return self._known[key]

    def _embedded(self, picture: PictureQuery) -> FloatArray:
        source = picture.file if picture.data is None else picture.data
        assert source is not None  # noqa: S101 - it is one of the three
        try:
            with closing(self._make_decoder()) as decoder:
                opened = decoder.open(source)
                known = self._library.vectors_by_hash(self._encoder.version, [opened.content_hash])
                if known:
                    return np.asarray(known[opened.content_hash], np.float32)[None]
                pixels = decoder.decode(opened, self._encoder.input_size).pixels
        except ImageError as error:
            reason = error.args[0]  # a sentence that knows what it is made of stays one
            raise QueryError(
                sentence("“{name}” cannot be searched by. {reason}", name=picture.name, reason=reason)
            ) from error
        vector = self._encoder.encode(pixels[None])
        if not np.isfinite(vector).all():
            raise QueryError(sentence("“{name}” cannot be described.", name=picture.name))
        return vector


def gone(picture: PictureQuery) -> QueryError:
    """Returns what to raise for an image that is not in the folder any more."""
    return QueryError(sentence("“{name}” is no longer in this folder.", name=picture.name))
