"""What a matcher is built from: encoders, and lengths of its parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imgsearch_gui.core.encoders.base import ImageEncoder, TextEncoder


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
        classes: how many of the vector's last numbers are class logits; 0 for none, and no label bridge.
        towers: the text encoders.
        joint_dim: dimensions of the learned part of the joint space.
        image_hidden: hidden units of the image head.
        text_hidden: hidden units of each text head.
        label_dim: dimensions of the label bridge.
        caption_dim: dimensions of the caption bridge.
        rank: numbers that the score's detail keeps of an image, and of a sentence.
    """

    image_encoder: str
    image_dim: int
    classes: int
    towers: tuple[Tower, ...]
    joint_dim: int = 256
    image_hidden: int = 1024
    text_hidden: int = 768
    label_dim: int = 48
    caption_dim: int = 96
    rank: int = 64

    @property
    def parts(self) -> tuple[int, int, int]:
        """Lengths of the parts of a vector in the joint space: learned, label bridge, caption bridge."""
        return self.joint_dim, self.label_dim if self.classes else 0, self.caption_dim

    @property
    def space_width(self) -> int:
        """Length of a vector in the joint space."""
        return sum(self.parts)

    @property
    def width(self) -> int:
        """Length of an image's joint vector: what the score's detail keeps of it stands at its end."""
        return self.space_width + self.rank


@dataclass(frozen=True, slots=True)
class TrainSettings:
    """How to train. The defaults trained the bundled matcher; the model card says how they were chosen.

    Attributes:
        seed: of weights, batches and dropout.
        passes: over the described images; each takes one caption of an image at random.
        batch: images of a contrastive batch, each the others' wrong answer.
        learning_rate: of the heads, at the top of a one-cycle schedule (Smith and Topin, 2018).
        weight_decay: of AdamW.
        image_dropout: on the image head's input and hidden layer.
        text_dropout: likewise of the text heads.
        label_smoothing: of the contrastive loss.
        label_weight: of the label bridge beside the cosine, in the contrastive loss.
    """

    seed: int = 0
    passes: int = 60
    batch: int = 1024
    learning_rate: float = 2e-3
    weight_decay: float = 0.1
    image_dropout: float = 0.7
    text_dropout: float = 0.5
    label_smoothing: float = 0.05
    label_weight: float = 0.15


def config_for(image_encoder: ImageEncoder, text_encoders: Sequence[TextEncoder]) -> MatcherConfig:
    """Returns the default configuration for a set of encoders."""
    return MatcherConfig(
        image_encoder=image_encoder.version,
        image_dim=image_encoder.dim,
        classes=len(image_encoder.classes),
        towers=tuple(Tower(e.version, e.dim, tuple(sorted(e.languages))) for e in text_encoders),
    )
