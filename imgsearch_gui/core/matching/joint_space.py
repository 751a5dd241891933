"""The joint space while it is learned: where an image and a sentence that fits it lie close.

A joint vector has three parts, and each part's dot product says in its own way how well an image and a
sentence agree:

- *Learned*: what small multilayer perceptrons, the *heads*, make of the vectors of frozen encoders (a
  two-branch network trained contrastively: Faghri et al., "VSE++", BMVC 2018; Radford et al., "CLIP",
  ICML 2021). Its dot product is a cosine.
- *Label bridge*: the image's likely classes, as the text encoders see the classes' names (Norouzi et
  al., "Zero-Shot Learning by Convex Combination of Semantic Embeddings", ICLR 2014). It knows the
  thousand classes of the image encoder without having seen a caption of them.
- *Caption bridge*: what people wrote of the known pictures that are most like the image (Devlin et al.,
  "Exploring Nearest Neighbor Approaches for Image Captioning", 2015), as the text encoders see it.

Text may come through several towers (encoders). A query uses those that know its language.

This is what torch trains. What comes of it is used through ``frozen_space``, which does without torch.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (torch's own idiom)

from imgsearch_gui.core.matching.frozen_space import FrozenSpace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imgsearch_gui.core.matching.config import MatcherConfig


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


class _Bridge(nn.Module):
    """Takes sentences of several towers into one space of few dimensions."""

    def __init__(self, dims: Sequence[int], width: int) -> None:
        super().__init__()
        for i, dim in enumerate(dims):
            self.register_buffer(f"basis_{i}", torch.zeros(dim, width))

    def _reduced(self, matrices: Sequence[Tensor]) -> Tensor:
        """Finds the bases that keep most of the dot products of rows, and returns the rows in them.

        Args:
            matrices: for each tower [n, dim].

        Returns:
            [n, width].
        """
        together = torch.cat(list(matrices), dim=1)
        _, _, right = torch.linalg.svd(together, full_matrices=False)
        basis = torch.zeros(together.shape[1], self.get_buffer("basis_0").shape[1])
        kept = min(basis.shape[1], len(right))
        basis[:, :kept] = right[:kept].T
        for i, part in enumerate(torch.split(basis, [m.shape[1] for m in matrices])):
            self.get_buffer(f"basis_{i}").copy_(part)
        return together @ basis

    def _said(self, vectors: Sequence[Tensor | None]) -> Tensor:
        """What the towers that take part say of sentences together: [n, width]."""
        parts = [v @ self.get_buffer(f"basis_{i}") for i, v in enumerate(vectors) if v is not None]
        return torch.stack(parts).sum(dim=0)


class LabelBridge(_Bridge):
    """From an image's class logits to sentences, by the text vectors of the class names.

    A dot product is 1 for an image that surely shows the class whose name is nearest to the sentence, and 0
    for one that could show anything: only so do short sentences and long ones compare.
    """

    classes: Tensor

    def __init__(self, classes: int, dims: Sequence[int], width: int) -> None:
        super().__init__(dims, width)
        self.register_buffer("classes", torch.zeros(classes, width))

    def fit(self, vectors: Sequence[Tensor]) -> None:
        """Takes the class names' vectors, for each tower float32 [classes, dim]."""
        self.classes.copy_(self._reduced([v - v.mean(dim=0) for v in vectors]))

    def images(self, logits: Tensor) -> Tensor:
        """Class logits [n, classes] to [n, width]."""
        return F.softmax(logits, dim=1) @ self.classes

    def texts(self, vectors: Sequence[Tensor | None]) -> Tensor:
        """Text vectors, for each tower [n, dim] or None, to [n, width]."""
        said = self._said(vectors)
        if not len(self.classes):
            return said
        return said / (said @ self.classes.T).amax(dim=1, keepdim=True).clamp_min(1e-3)


class CaptionBridge(_Bridge):
    """From an image to sentences, by the captions of known images that are like it."""

    images_known: Tensor
    captions_known: Tensor

    def __init__(self, known: int, joint_dim: int, dims: Sequence[int], width: int) -> None:
        super().__init__(dims, width)
        self.register_buffer("images_known", torch.zeros(known, joint_dim))
        self.register_buffer("captions_known", torch.zeros(known, width))
        for i in range(len(dims)):
            self.register_buffer(f"centre_{i}", torch.zeros(width))

    def fit(self, learned: Tensor, captions: Sequence[Tensor], centres: Sequence[Tensor]) -> None:
        """Takes what is known.

        Args:
            learned: the known images' learned vectors, float32 [known, joint_dim].
            captions: the mean vector of each one's captions, for each tower float32 [known, dim].
            centres: the mean vector of all captions, for each tower [dim].
        """
        about = [F.normalize(c - centre, dim=1) for c, centre in zip(captions, centres, strict=True)]
        self.images_known.copy_(learned)
        self.captions_known.copy_(self._reduced(about))
        for i, centre in enumerate(centres):
            self.get_buffer(f"centre_{i}").copy_(centre @ self.get_buffer(f"basis_{i}"))


class JointSpace(nn.Module):
    """The heads and the bridges.

    Args:
        config: lengths and towers.
        known: images that the caption bridge knows captions of.
        image_dropout: while training, on the image head's input and hidden layer.
        text_dropout: likewise of the text heads.
    """

    image_mean: Tensor
    image_deviation: Tensor

    def __init__(
        self, config: MatcherConfig, known: int, *, image_dropout: float = 0.0, text_dropout: float = 0.0
    ) -> None:
        super().__init__()
        self.config = config
        self.register_buffer("image_mean", torch.zeros(config.image_dim))
        self.register_buffer("image_deviation", torch.ones(config.image_dim))
        self.image_head = Head(config.image_dim, config.image_hidden, config.joint_dim, image_dropout)
        self.text_heads = nn.ModuleList(
            Head(tower.dim, config.text_hidden, config.joint_dim, text_dropout) for tower in config.towers
        )
        dims = [tower.dim for tower in config.towers]
        self.label_bridge = LabelBridge(config.classes, dims, config.parts[1])
        self.caption_bridge = CaptionBridge(known, config.joint_dim, dims, config.caption_dim)

    def learned(self, vectors: Tensor) -> Tensor:
        """Image vectors [n, image_dim] to their learned part [n, joint_dim]."""
        vectors = (vectors - self.image_mean) / self.image_deviation
        return self.image_head(vectors)  # type: ignore[no-any-return]

    def labels(self, vectors: Tensor) -> Tensor:
        """Image vectors [n, image_dim] to their label bridge [n, label_dim]."""
        return self.label_bridge.images(vectors[:, vectors.shape[1] - self.config.classes :])

    def said(self, vectors: Sequence[Tensor | None]) -> list[Tensor | None]:
        """What each tower's head says alone: unit vectors [n, joint_dim]."""
        # Unit vectors' numbers are small; the heads want them near unit deviation.
        return [
            None if v is None else head(v * math.sqrt(v.shape[1]))
            for head, v in zip(self.text_heads, vectors, strict=True)
        ]

    def frozen(self) -> FrozenSpace:
        """Returns the space as it is now, to be used without torch."""
        weights = {name: value.detach().numpy().copy() for name, value in self.state_dict().items()}
        return FrozenSpace(self.config, weights)


def joined(said: Sequence[Tensor | None]) -> Tensor:
    """Joins what the heads of the towers that take part say: unit vectors [n, joint_dim]."""
    return F.normalize(torch.stack([v for v in said if v is not None]).sum(dim=0), dim=1)
