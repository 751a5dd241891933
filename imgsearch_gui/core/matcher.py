"""The matcher: an image's vector and a text's vector in, a number from 0 to 1 out.

Two steps. *Heads*, small multilayer perceptrons, carry the vectors of frozen encoders into one joint space,
where an image and a sentence that fits it lie close (a two-branch network trained contrastively: Faghri
et al., "VSE++", BMVC 2018; Radford et al., "CLIP", ICML 2021). The *score* then says what people, as
far as they were asked, would think of such a pair; see ``core.score``.

Text may come through several towers (encoders). A query uses those that know its language, and its
joint vector is the normalised sum of what their heads say.

Beside the learned part, a joint vector carries the *label bridge*: the image's likely classes, as the
text towers see the classes' names (Norouzi et al., "Zero-Shot Learning by Convex Combination of
Semantic Embeddings", ICLR 2014). It knows the thousand classes of the image encoder without having
seen a caption of them.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (torch's own idiom)

from imgsearch_gui.core.encoders.language import LANGUAGES, detect_language
from imgsearch_gui.core.score import TERMS
from imgsearch_gui.core.vector_scan import Rounding
from imgsearch_gui.errors import MatcherError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from imgsearch_gui.core.encoders.base import FloatArray, ImageEncoder, TextEncoder
    from imgsearch_gui.core.score import ScoreModel
    from imgsearch_gui.core.types import Bands

_CHUNK = 8192  # images scored or carried over at once: some 20 MB of features


@dataclass(frozen=True, slots=True)
class Tower:
    """A text encoder that the matcher was trained with: its version, vector length and languages."""

    version: str
    dim: int
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatcherConfig:
    """What a matcher is built from; saved with its weights.

    Attributes:
        image_encoder: version of the image encoder.
        image_dim: length of its vectors.
        classes: how many of the vector's last numbers are class logits; 0 for none, and no bridge.
        towers: the text encoders.
        joint_dim: dimensions of the learned part of the joint space.
        image_hidden: hidden units of the image head.
        text_hidden: hidden units of each text head.
        bridge_dim: dimensions that the classes' text vectors are reduced to, for each tower.
        bridge_weight: weight of the label bridge beside the learned cosine, while the heads are trained.
        rank: numbers that the score's detail keeps of an image, and of a sentence.
    """

    image_encoder: str
    image_dim: int
    classes: int
    towers: tuple[Tower, ...]
    joint_dim: int = 512
    image_hidden: int = 1024
    text_hidden: int = 768
    bridge_dim: int = 128
    bridge_weight: float = 0.3
    rank: int = 64

    @property
    def bridge_width(self) -> int:
        """Dimensions of the joint vector that belong to the label bridge."""
        return self.bridge_dim * len(self.towers) if self.classes else 0

    @property
    def space_width(self) -> int:
        """Length of a vector in the joint space."""
        return self.joint_dim + self.bridge_width

    @property
    def width(self) -> int:
        """Length of an image's joint vector: what the score's detail keeps of it stands at its end."""
        return self.space_width + self.rank

    @property
    def query_width(self) -> int:
        """Length of a query's joint vector: as an image's, then the query's own terms of the score."""
        return self.width + TERMS


def config_for(image_encoder: ImageEncoder, text_encoders: Sequence[TextEncoder]) -> MatcherConfig:
    """Returns the default configuration for a set of encoders."""
    return MatcherConfig(
        image_encoder=image_encoder.version,
        image_dim=image_encoder.dim,
        classes=len(image_encoder.classes),
        towers=tuple(Tower(e.version, e.dim, tuple(sorted(e.languages))) for e in text_encoders),
    )


class Head(nn.Module):
    """One hidden layer, read both as it is and through GELU, onto the unit sphere: [n, dim] -> [n, out]."""

    def __init__(self, dim: int, hidden: int, out: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.hidden = nn.Linear(dim, hidden)
        self.linear = nn.Linear(hidden, out)
        self.bent = nn.Linear(hidden, out)

    def forward(self, x: Tensor) -> Tensor:
        """Maps float32 [n, dim] to unit vectors [n, out]."""
        hidden = self.hidden(self.dropout(x))
        return F.normalize(self.linear(hidden) + self.bent(self.dropout(F.gelu(hidden))), dim=1)


class JointSpace(nn.Module):
    """The heads and the label bridge: encoder vectors to joint vectors [n, space_width].

    The dot product of an image's and a text's joint vector is their joint similarity.
    """

    image_mean: Tensor
    image_deviation: Tensor

    def __init__(
        self, config: MatcherConfig, *, image_dropout: float = 0.0, text_dropout: float = 0.0
    ) -> None:
        super().__init__()
        self.config = config
        self.register_buffer("image_mean", torch.zeros(config.image_dim))
        self.register_buffer("image_deviation", torch.ones(config.image_dim))
        self.image_head = Head(config.image_dim, config.image_hidden, config.joint_dim, image_dropout)
        self.text_heads = nn.ModuleList(
            Head(tower.dim, config.text_hidden, config.joint_dim, text_dropout) for tower in config.towers
        )
        for i, tower in enumerate(config.towers if config.classes else ()):
            self.register_buffer(f"bridge_classes_{i}", torch.zeros(config.classes, config.bridge_dim))
            self.register_buffer(f"bridge_basis_{i}", torch.zeros(tower.dim, config.bridge_dim))

    def set_bridge(self, class_vectors: Sequence[Tensor]) -> None:
        """Builds the bridge from the class names' vectors, one float32 [classes, dim] for each tower.

        They are reduced to the right singular vectors that hold most of their dot products.
        """
        for i, vectors in enumerate(class_vectors):
            _, _, right = torch.linalg.svd(vectors, full_matrices=False)
            basis = torch.zeros_like(self.get_buffer(f"bridge_basis_{i}"))
            rank = min(self.config.bridge_dim, len(right))
            basis[:, :rank] = right[:rank].T
            self.get_buffer(f"bridge_basis_{i}").copy_(basis)
            self.get_buffer(f"bridge_classes_{i}").copy_(vectors @ basis)

    def images(self, vectors: Tensor) -> Tensor:
        """Image vectors [n, image_dim] to joint vectors [n, space_width]."""
        learned = self.image_head((vectors - self.image_mean) / self.image_deviation)
        return torch.cat([learned, *self.image_bridge(vectors)], dim=1)

    def image_bridge(self, vectors: Tensor) -> list[Tensor]:
        """The likely classes of images, in each tower's reduced space: [n, bridge_dim] each."""
        if not self.config.classes:
            return []
        likely = F.softmax(vectors[:, -self.config.classes :], dim=1)
        return [likely @ self.get_buffer(f"bridge_classes_{i}") for i in range(len(self.config.towers))]

    def texts(self, vectors: Sequence[Tensor | None]) -> Tensor:
        """Text vectors to joint vectors [n, space_width].

        Args:
            vectors: for each tower its [n, dim], or None where the tower does not take part.
        """
        return self.joined(self.text_parts(vectors))

    def text_parts(self, vectors: Sequence[Tensor | None]) -> list[tuple[Tensor, Tensor] | None]:
        """What each tower says alone: its learned vector [n, joint_dim] and its bridge [n, bridge_dim]."""
        parts: list[tuple[Tensor, Tensor] | None] = []
        for i, given in enumerate(vectors):
            if given is None:
                parts.append(None)
                continue
            # Unit vectors' numbers are small; the heads want them near unit deviation.
            learned = self.text_heads[i](given * math.sqrt(given.shape[1]))
            bridge = given @ self.get_buffer(f"bridge_basis_{i}") if self.config.classes else given[:, :0]
            parts.append((learned, bridge))
        return parts

    def joined(self, parts: Sequence[tuple[Tensor, Tensor] | None]) -> Tensor:
        """Joins what the towers say, None for those that take no part, to joint vectors [n, space_width]."""
        active = [part for part in parts if part is not None]
        learned = F.normalize(torch.stack([part[0] for part in active]).sum(dim=0), dim=1)
        share = self.config.bridge_weight / len(active)
        silent = torch.zeros_like(active[0][1])
        return torch.cat([learned, *(silent if part is None else share * part[1] for part in parts)], dim=1)


class Matcher:
    """A trained matcher. Immutable, thread-safe, and the same for the same pair whatever else there is.

    Args:
        space: the heads and the bridge.
        score: from joint vectors to scores.
        bands: what the scores mean in a word.
    """

    def __init__(self, space: JointSpace, score: ScoreModel, bands: Bands) -> None:
        self.config = space.config
        self.space = space.eval().requires_grad_(requires_grad=False)
        self.score = score.eval()
        self.bands = bands

    def check_encoders(self, image_encoder: ImageEncoder, text_encoders: Sequence[TextEncoder]) -> None:
        """Raises MatcherError unless these are the encoders that the matcher was trained with."""
        wanted = [self.config.image_encoder, *(tower.version for tower in self.config.towers)]
        given = [image_encoder.version, *(encoder.version for encoder in text_encoders)]
        sizes = [self.config.image_dim, self.config.classes, *(tower.dim for tower in self.config.towers)]
        real = [image_encoder.dim, len(image_encoder.classes), *(encoder.dim for encoder in text_encoders)]
        if wanted == given and sizes != real:
            raise MatcherError(f"This matcher expects vectors of other lengths: {sizes}, not {real}.")
        if wanted != given:
            raise MatcherError(
                f"This matcher was trained with the encoders {', '.join(wanted)}; "
                f"the ones in use are {', '.join(given)}."
            )

    def images(self, vectors: npt.NDArray[np.floating[Any]]) -> FloatArray:
        """Image vectors, any float [n, image_dim], to joint vectors: float32 [n, width]."""
        joint = np.empty((len(vectors), self.config.width), np.float32)
        with torch.inference_mode():
            for start in range(0, len(vectors), _CHUNK):
                part = torch.from_numpy(vectors[start : start + _CHUNK].astype(np.float32))
                placed = self.space.images(part)
                detail = self.score.image_part(placed[:, : self.config.joint_dim])
                joint[start : start + _CHUNK] = torch.cat([placed, detail], dim=1).numpy()
        return joint

    def texts(self, vectors: Sequence[FloatArray | None]) -> FloatArray:
        """Text vectors, for each tower float32 [n, dim] or None, to joint vectors: [n, query_width]."""
        with torch.inference_mode():
            given = [None if v is None else torch.from_numpy(v) for v in vectors]
            placed = self.space.texts(given)
            detail = self.score.text_part(placed[:, : self.config.joint_dim])
            return np.asarray(torch.cat([placed, detail], dim=1).numpy(), np.float32)

    def queries(self, queries: Sequence[str], text_encoders: Sequence[TextEncoder]) -> FloatArray:
        """Queries to joint vectors, float32 [n, query_width], each by the towers that know its language."""
        joint = np.empty((len(queries), self.config.query_width), np.float32)
        groups: dict[tuple[int, ...], list[int]] = {}
        for row, query in enumerate(queries):
            groups.setdefault(active_towers(self.config, detect_language(query)), []).append(row)
        for active, rows in groups.items():
            texts = [queries[row] for row in rows]
            vectors = [e.encode(texts) if i in active else None for i, e in enumerate(text_encoders)]
            joint[rows] = self.texts(vectors)
        return joint

    def scores(self, images: FloatArray, query: FloatArray) -> FloatArray:
        """Scores a query against images.

        Args:
            images: joint vectors, float32 [n, width].
            query: the query's joint vector, float32 [query_width].

        Returns:
            float32 [n], each in 0..1.
        """
        with np.errstate(over="ignore", invalid="ignore"):  # told below, by the scores
            scores = self.score.calibrated(self.score.latent(images, query))
        if not np.isfinite(scores).all():
            raise MatcherError("This matcher's scores are not numbers: its file is not to be trusted.")
        return scores

    def rounding(self) -> Rounding:
        """How a search rounds joint vectors; it follows from the matcher's weights alone."""
        towers = range(len(self.config.towers) if self.config.classes else 0)
        bridge = (self.space.get_buffer(f"bridge_classes_{i}") for i in towers)
        parts = self.score.images, *bridge, self.score.image_part(self.score.images)
        units = torch.cat([part.square().mean(dim=0).sqrt() for part in parts])
        units[units == 0] = 1
        return Rounding((0, self.config.joint_dim, self.config.space_width, self.config.width), units.numpy())

    def digest(self) -> bytes:
        """Returns a hash of all that shapes a joint vector."""
        hashed = hashlib.sha256(repr(self.config).encode())
        for module in (self.space, self.score):
            for name, value in module.state_dict().items():
                hashed.update(f"{name} {tuple(value.shape)}".encode())
                hashed.update(value.contiguous().numpy())
        return hashed.digest()

    def pair_scores(self, images: FloatArray, queries: FloatArray) -> FloatArray:
        """Scores image i against query i: float32 [n, width] and [n, query_width], to float32 [n]."""
        return np.concatenate(
            [self.scores(images[i : i + 1], queries[i]) for i in range(len(images))]
            or [np.zeros(0, np.float32)]
        )


def active_towers(config: MatcherConfig, language: str) -> tuple[int, ...]:
    """Returns the indices of the towers that a query in a language goes through.

    Where no tower knows the language, the one that knows the most languages takes it.
    """
    active = tuple(i for i, tower in enumerate(config.towers) if language in tower.languages)
    if active:
        return active
    known = [len(set(tower.languages) & set(LANGUAGES)) for tower in config.towers]
    return (int(np.argmax(known)),)
