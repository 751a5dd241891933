"""From dataset folders to what training and evaluation work on: vectors, pairs and targets."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from imgsearch_gui.core.content_rule.policy import images_hit
from imgsearch_gui.core.datasets.dataset import TRAIN_IMAGES, described_image
from imgsearch_gui.core.datasets.labels import targets
from imgsearch_gui.core.datasets.own_captions import own_captions
from imgsearch_gui.core.datasets.rated_pairs import RatedPairs
from imgsearch_gui.core.matching.checkpoint import HASH_BYTES
from imgsearch_gui.core.pictures.indexing import index_folder
from imgsearch_gui.core.ratings.pictures import unread_folders
from imgsearch_gui.core.types.progress import TrainProgress
from imgsearch_gui.core.types.training import Target
from imgsearch_gui.errors import TrainingError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence
    from pathlib import Path

    from imgsearch_gui.core.content_rule.policy import ContentRule
    from imgsearch_gui.core.datasets.dataset import Dataset
    from imgsearch_gui.core.datasets.labels import LabelledPair
    from imgsearch_gui.core.encoders.base import FloatArray, ImageEncoder, TextEncoder
    from imgsearch_gui.core.storage.library import Library

IntArray = npt.NDArray[np.int64]

RULE_HIT = sentence("The content rule hit the caption or the image's own captions")
NO_VECTOR = sentence("The image could not be read")
_TEXTS_AT_ONCE = 256  # between two reports of progress: a batch of the slowest encoder


@dataclass(frozen=True, slots=True, eq=False)
class PairSet:
    """Pairs of an image and a caption, each with a target.

    Attributes:
        images: index of each pair's image, int64 [n].
        captions: index of each pair's caption, int64 [n].
        targets: 0..1, float32 [n].
        expert: the experts' scores 1..4 of each pair, int64 [n, raters]; raters is 0 unless every
            pair has as many.
        own: whether the caption was written for the image, bool [n].
    """

    images: IntArray
    captions: IntArray
    targets: FloatArray
    expert: IntArray
    own: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.images)

    def take(self, rows: npt.NDArray[np.bool_] | npt.NDArray[np.intp]) -> PairSet:
        """Returns the pairs of some rows (a mask or indices)."""
        return PairSet(
            self.images[rows], self.captions[rows], self.targets[rows], self.expert[rows], self.own[rows]
        )


@dataclass(frozen=True, slots=True, eq=False)
class TrainingData:
    """Vectors and pairs of one or two dataset folders.

    Attributes:
        target: what the judged pairs' targets are.
        images: image vectors, float16 [images, dim].
        hashes: the first bytes of each image file's SHA-256, as a matcher file lists them.
        captions: the captions, in the order of their vectors.
        texts: caption vectors of each text encoder, float32 [captions, dim].
        described: each caption with the image that it was written for, (image index, caption index), of
            all folders, int64 [n, 2]; such a pair need not be listed or judged.
        crowd: pairs with a crowd's share as target.
        judged: pairs with the target.
        left_out: how many pairs were left out, by reason.
    """

    target: Target
    images: npt.NDArray[np.float16]
    hashes: tuple[bytes, ...]
    captions: tuple[str, ...]
    texts: tuple[FloatArray, ...]
    described: IntArray
    crowd: PairSet
    judged: PairSet
    left_out: dict[str, int]


def image_vectors(
    library: Library, folder: Path, encoder: ImageEncoder, stage: str
) -> Generator[TrainProgress, None, dict[str, tuple[bytes, npt.NDArray[np.float16]]]]:
    """Embeds a folder's images, those that the library does not hold yet.

    Yields:
        Progress.

    Returns:
        By file name: the first bytes of the file's SHA-256, and its vector, float16 [dim].
    """
    for step in index_folder(library, folder, encoder):
        if step.total:
            yield TrainProgress(stage, step.done, step.total)
    ids, vectors = library.vectors(folder, encoder.version)
    rows = {int(image_id): row for row, image_id in enumerate(ids)}
    hashes = library.content_hashes(folder)
    return {
        record.path.name: (hashes[record.id][:HASH_BYTES], vectors[rows[record.id]])
        for record in library.records(folder)
        if record.id in rows and record.path.parent == folder.resolve()
    }


def prepare(
    datasets: Sequence[Dataset],
    library: Library,
    image_encoder: ImageEncoder,
    text_encoders: Sequence[TextEncoder],
    *,
    rule: ContentRule | None = None,
    target: Target = Target.EXPERT_MEAN,
    expert_weight: float = 0.6,
    crowd_weight: float = 0.4,
) -> Generator[TrainProgress, None, TrainingData]:
    """Embeds the images and captions of dataset folders and gathers their pairs.

    Args:
        datasets: the folders, or the library's own ratings; the judgements of all of them are used.
        library: holds the image vectors, old and new.
        image_encoder: makes the image vectors.
        text_encoders: make the caption vectors.
        rule: leaves out each pair whose caption, or whose image's own caption, it hits.
        target: of the judged pairs; see :func:`target_of`.
        expert_weight: of the blend.
        crowd_weight: likewise.

    Yields:
        Progress.

    Raises:
        TrainingError: there is no usable pair.
    """
    target = target_of(datasets, target)
    gathered = _Gathered()
    for dataset in datasets:
        if not dataset.pairs:
            continue
        if isinstance(dataset, RatedPairs):
            # What was rated in a dataset folder, or imported, may lie in folders that nobody has opened.
            for folder in unread_folders(library):
                if folder.is_dir():
                    yield from image_vectors(library, folder, image_encoder, sentence("Image vectors"))
            vectors = dataset.vectors(library, image_encoder.version)
        else:
            folder = dataset.root / TRAIN_IMAGES
            vectors = yield from image_vectors(library, folder, image_encoder, sentence("Image vectors"))
        hit = yield from rule_hits(rule, dataset, library)
        gathered.add(dataset, vectors, hit, target, expert_weight, crowd_weight)
    if not gathered.captions:
        said = sentence("No pair of an image and a caption is left to use.")
        for reason, n in gathered.left_out.items():
            said = sentence("{said} {reason}: {n}.", said=said, reason=reason, n=n)
        raise TrainingError(said)
    texts = yield from caption_vectors(list(gathered.captions), text_encoders)
    return gathered.data(target, texts)


def caption_vectors(
    texts: Sequence[str], text_encoders: Sequence[TextEncoder], stage: str = sentence("Caption vectors")
) -> Generator[TrainProgress, None, tuple[FloatArray, ...]]:
    """Embeds sentences by each text encoder: float32 [n, dim] each. Yields progress of the stage."""
    vectors = tuple(np.empty((len(texts), encoder.dim), np.float32) for encoder in text_encoders)
    # Sentences of like length together, so that an encoder's batches are padded little.
    order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
    for start in range(0, len(texts), _TEXTS_AT_ONCE):
        rows = order[start : start + _TEXTS_AT_ONCE]
        for encoder, out in zip(text_encoders, vectors, strict=True):
            yield TrainProgress(stage, start, len(texts))
            out[rows] = encoder.encode([texts[row] for row in rows])
    return vectors


class _Gathered:
    """Pairs of the folders read so far; images and captions get their indices as they come."""

    def __init__(self) -> None:
        self.captions: dict[str, int] = {}
        self.left_out: Counter[str] = Counter()
        self._images: dict[bytes, int] = {}
        self._vectors: list[npt.NDArray[np.float16]] = []
        self._described: dict[tuple[int, int], None] = {}
        self._crowd: list[tuple[int, int, LabelledPair, bool]] = []
        self._judged: list[tuple[int, int, LabelledPair, bool]] = []

    def add(
        self,
        dataset: Dataset,
        vectors: dict[str, tuple[bytes, npt.NDArray[np.float16]]],
        hit: set[str],
        target: Target,
        expert_weight: float,
        crowd_weight: float,
    ) -> None:
        """Adds one folder's pairs. A second folder's judgements count like the first's."""

        def usable(image: str, caption_id: str) -> bool:
            reason = RULE_HIT if image in hit or caption_id in hit else NO_VECTOR
            if reason is RULE_HIT or image not in vectors:
                self.left_out[reason] += 1
                return False
            return True

        for caption in dataset.captions.values():
            image = described_image(caption.id)
            if image in vectors and not {image, caption.id} & hit:
                self._described[self._index(vectors[image], caption.text)] = None
        own = {(pair.image, pair.caption.id) for pair in dataset.pairs if pair.is_own}
        kinds = {Target.CROWD: self._crowd, target: self._judged}
        for kind, into in kinds.items():
            labelled, left_out = targets(
                dataset, kind, expert_weight=expert_weight, crowd_weight=crowd_weight
            )
            if kind is target:
                self.left_out.update(left_out)
            for label in labelled:
                if usable(label.image, label.caption.id):
                    at = self._index(vectors[label.image], label.caption.text)
                    into.append((*at, label, (label.image, label.caption.id) in own))

    def data(self, target: Target, texts: tuple[FloatArray, ...]) -> TrainingData:
        """Returns what was gathered."""
        return TrainingData(
            target=target,
            images=np.stack(self._vectors),
            hashes=tuple(self._images),
            captions=tuple(self.captions),
            texts=texts,
            described=np.array(list(self._described), np.int64).reshape(-1, 2),
            crowd=_pair_set(self._crowd),
            judged=_pair_set(self._judged),
            left_out=dict(self.left_out),
        )

    def _index(self, image: tuple[bytes, npt.NDArray[np.float16]], text: str) -> tuple[int, int]:
        digest, vector = image
        if digest not in self._images:
            self._images[digest] = len(self._vectors)
            self._vectors.append(vector)
        return self._images[digest], self.captions.setdefault(text, len(self.captions))


def target_of(datasets: Sequence[Dataset], target: Target) -> Target:
    """Returns the target that is used: where there is no expert label at all, the crowd's share serves."""
    if not any(dataset.expert for dataset in datasets) and any(dataset.crowd for dataset in datasets):
        return Target.CROWD
    return target


def rule_hits(
    rule: ContentRule | None, dataset: Dataset, library: Library
) -> Generator[TrainProgress, None, set[str]]:
    """Returns the names of images and the ids of captions that the content rule hits. Yields progress."""
    if rule is None:
        return set()
    captions = set()
    for number, caption in enumerate(dataset.captions.values()):
        if number % _TEXTS_AT_ONCE == 0:
            yield TrainProgress(sentence("Content rule"), number, len(dataset.captions))
        if rule.check(caption.text) is not None:
            captions.add(caption.id)
    if isinstance(dataset, RatedPairs):
        return captions | dataset.images_hit(rule, library)
    return captions | images_hit(rule, own_captions(dataset.root / TRAIN_IMAGES))


def _pair_set(rows: Iterable[tuple[int, int, LabelledPair, bool]]) -> PairSet:
    rows = list(rows)
    raters = {len(label.expert) for _, _, label, _ in rows}
    width = raters.pop() if len(raters) == 1 else 0
    return PairSet(
        images=np.array([image for image, *_ in rows], np.int64),
        captions=np.array([caption for _, caption, *_ in rows], np.int64),
        targets=np.array([label.target for _, _, label, _ in rows], np.float32),
        expert=np.array([label.expert[:width] for _, _, label, _ in rows], np.int64).reshape(
            len(rows), width
        ),
        own=np.array([own for *_, own in rows], np.bool_),
    )
