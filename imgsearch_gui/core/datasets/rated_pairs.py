"""The library's own ratings in the form of a dataset, so that they train and measure like one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

from imgsearch_gui.core.content_rule.policy import Withheld
from imgsearch_gui.core.datasets.dataset import (
    Caption,
    CrowdLabel,
    Dataset,
    DatasetReport,
    ExpertLabel,
    Pair,
)
from imgsearch_gui.core.matching.checkpoint import HASH_BYTES
from imgsearch_gui.core.ratings.judgements import judgements

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from imgsearch_gui.core.content_rule.policy import ContentRule
    from imgsearch_gui.core.storage.library import Library


@dataclass(frozen=True)
class RatedPairs(Dataset):
    """Rated queries and pictures; a picture's name is the SHA-256 of its bytes in hexadecimal.

    No picture's file is needed, as its vector is in the library. The queries were written for none of the
    pictures.
    """

    def vectors(self, library: Library, encoder: str) -> dict[str, tuple[bytes, npt.NDArray[np.float16]]]:
        """Returns digest and vector of the pictures that an encoder has embedded, by their names."""
        hashes = sorted({bytes.fromhex(pair.image) for pair in self.pairs})
        found = library.vectors_by_hash(encoder, hashes)
        return {digest.hex(): (digest[:HASH_BYTES], vector) for digest, vector in found.items()}

    def images_hit(self, rule: ContentRule, library: Library) -> set[str]:
        """Returns the names of the pictures that have a caption of their own which the content rule hits.

        Raises:
            DatasetError: captions cannot be read, so that nobody knows.
        """
        withheld = Withheld(rule)
        hashes = sorted({bytes.fromhex(pair.image) for pair in self.pairs})
        files = library.paths_by_hash(hashes, missing=True)
        return {digest.hex() for digest, found in files.items() if any(file in withheld for file in found)}


def rated_pairs(library: Library) -> RatedPairs:
    """Gathers the library's ratings, of each rater the latest of a pair.

    Raises:
        LibraryError: the library cannot be read.
    """
    captions: dict[str, Caption] = {}
    pairs, expert, crowd = [], [], []
    for (query, content_hash), judgement in judgements(library.ratings().values()).items():
        caption = captions.setdefault(query, Caption(f"#{len(captions)}", query))
        image = content_hash.hex()
        pairs.append(Pair(image, caption))
        if judgement.expert:
            scores = tuple(score for _, score in sorted(judgement.expert.items()))
            expert.append(ExpertLabel(image, caption.id, scores))
        if judgement.crowd:
            votes = list(judgement.crowd.values())
            yes = sum(votes)
            crowd.append(CrowdLabel(image, caption.id, mean(votes), yes, len(votes) - yes))
    return RatedPairs(
        root=Path(),
        pairs=tuple(pairs),
        captions={caption.id: caption for caption in captions.values()},
        expert=tuple(expert),
        crowd=tuple(crowd),
        queries=(),
        test_images=(),
        report=DatasetReport({}, ()),
    )
