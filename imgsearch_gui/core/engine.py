"""The product in one object: encoders, matcher, content rule and library, ready to index and search."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui import paths
from imgsearch_gui.core.checkpoint import load_matcher
from imgsearch_gui.core.encoders.registry import load_image_encoder, load_text_encoders
from imgsearch_gui.core.indexing import index_folder
from imgsearch_gui.core.policy import ContentRule, Withheld
from imgsearch_gui.core.search import VectorCache, rank
from imgsearch_gui.core.types import Gallery, Hits, RuleMode, SearchResult

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from imgsearch_gui.core.encoders.base import ImageEncoder, TextEncoder
    from imgsearch_gui.core.library import Library
    from imgsearch_gui.core.matcher import Matcher
    from imgsearch_gui.core.search import FolderVectors
    from imgsearch_gui.core.types import IndexProgress, SearchHit


class Engine:
    """Indexes folders and answers queries; usable from several threads at once.

    Args:
        library: where images, vectors and thumbnails are kept.
        image_encoder: the one that the matcher was trained with.
        text_encoders: likewise.
        matcher: scores an image against a query.
        rule: the content rule.

    Raises:
        MatcherError: the matcher was trained with other encoders.
    """

    def __init__(
        self,
        library: Library,
        image_encoder: ImageEncoder,
        text_encoders: Sequence[TextEncoder],
        matcher: Matcher,
        rule: ContentRule,
    ) -> None:
        matcher.check_encoders(image_encoder, text_encoders)
        self._library, self._matcher, self._rule = library, matcher, rule
        self._image_encoder, self._text_encoders = image_encoder, tuple(text_encoders)
        self._vectors = VectorCache(library, image_encoder.version, matcher)
        self._withheld = Withheld(rule)
        self._may_show: dict[tuple[Path, int], bool] = {}  # by the folder as it was opened and image id
        self._lock = threading.Lock()  # of the two above

    def index(self, folder: Path) -> Iterator[IndexProgress]:
        """Brings the library up to date with a folder; see :mod:`~imgsearch_gui.core.indexing`."""
        return index_folder(self._library, folder, self._image_encoder)

    def search(
        self, folder: Path, query: str, *, top: int | None = None, rule: RuleMode = RuleMode.BLOCK
    ) -> SearchResult:
        """Finds the indexed photos of a folder that match a query, best first.

        Args:
            folder: an indexed folder; one that never was has no photos.
            query: a sentence.
            top: the most hits to return; all when not given.
            rule: what the content rule does.

        Raises:
            LibraryError: the library cannot be read.
            DatasetError: the folder belongs to a dataset whose captions cannot be read, so that nobody
                knows which of its images may be shown.
        """
        query = query.encode("utf-8", "replace").decode()  # a command line may hold bytes that are no text
        match = None if rule is RuleMode.OFF else self._rule.check(query)
        vectors = self._vectors.get(folder.resolve())
        shown = self._shown(folder, vectors, rule)
        withheld = len(vectors.images) - len(shown)
        hits: Sequence[SearchHit] = ()
        if not (match is not None and rule is RuleMode.BLOCK) and len(shown):
            joint = vectors.joint if not withheld else vectors.joint[shown]
            scores = self._matcher.scores(joint, self._matcher.queries([query], self._text_encoders)[0])
            best = rank(scores, top)
            hits = Hits(vectors.images, shown[best].tolist(), scores[best].tolist(), self._matcher.bands)
        return SearchResult(query, hits, len(shown), withheld, match, rule)

    def browse(self, folder: Path, *, rule: RuleMode = RuleMode.BLOCK) -> Gallery:
        """Lists the indexed photos of a folder that may be shown, by path; raises what search raises."""
        vectors = self._vectors.get(folder.resolve())
        shown = self._shown(folder, vectors, rule)
        photos = sorted((vectors.images[row] for row in shown), key=lambda photo: photo.path)
        return Gallery(tuple(photos), len(vectors.images) - len(photos))

    def _shown(self, folder: Path, vectors: FolderVectors, rule: RuleMode) -> npt.NDArray[np.intp]:
        """Returns the rows of the images that may be shown.

        An answer is kept for each image: an id stands for one content at one path, and asking the disk
        where every path leads would take seconds a query in a large folder.
        """
        if rule is RuleMode.OFF:
            return np.arange(len(vectors.images))
        opened, real = folder.absolute(), folder.resolve()
        with self._lock:
            if self._withheld.refresh():
                self._may_show.clear()
            for image in vectors.images:
                if (opened, image.id) not in self._may_show:
                    self._may_show[opened, image.id] = not self._is_withheld(image.path, opened, real)
            return np.flatnonzero([self._may_show[opened, image.id] for image in vectors.images])

    def _is_withheld(self, path: Path, opened: Path, real: Path) -> bool:
        """The captions may lie beside the folder where it really is, or as it was opened."""
        if path in self._withheld:
            return True
        return opened != real and opened / path.relative_to(real) in self._withheld


def load_engine(
    library: Library,
    model: Path | None = None,
    image_encoder: str | None = None,
    text_encoders: Sequence[str] = (),
) -> Engine:
    """Builds an engine: loads encoders, matcher and content rule, a few seconds of work.

    Args:
        library: an open library.
        model: a matcher file; the bundled one when not given.
        image_encoder: see :func:`~imgsearch_gui.core.encoders.registry.load_image_encoder`.
        text_encoders: see :func:`~imgsearch_gui.core.encoders.registry.load_text_encoders`.

    Raises:
        ImgSearchError: a part cannot be loaded: one sentence.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="load-image-encoder") as pool:
        pictures = pool.submit(load_image_encoder, image_encoder)
        texts = load_text_encoders(text_encoders)
        matcher, _ = load_matcher(model or paths.bundled_model())
        return Engine(library, pictures.result(), texts, matcher, ContentRule.load())
