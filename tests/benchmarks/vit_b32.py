"""The image tower of a CLIP ViT-B/32, with random weights: what others' encoders are measured as.

The layers, their sizes and the modules of torch that they use are those of open_clip's ``ViT-B-32``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn

if TYPE_CHECKING:
    import numpy.typing as npt

_WIDTH, _HEADS, _LAYERS, _PATCH, _JOINT = 768, 12, 12, 32, 512


class _Block(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.before_attention, self.before_mlp = nn.LayerNorm(_WIDTH), nn.LayerNorm(_WIDTH)
        self.attention = nn.MultiheadAttention(_WIDTH, _HEADS, batch_first=True)
        self.mlp = nn.Sequential(nn.Linear(_WIDTH, 4 * _WIDTH), nn.GELU(), nn.Linear(4 * _WIDTH, _WIDTH))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = self.before_attention(x)
        x = x + self.attention(y, y, y, need_weights=False)[0]
        return x + self.mlp(self.before_mlp(x))


class ViTB32(nn.Module):
    """An image encoder: see :class:`~imgsearch_gui.core.encoders.base.ImageEncoder`."""

    version = "vit-b-32, random"
    dim, input_size = _JOINT, 224
    classes: tuple[str, ...] = ()

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(0)
        places = (self.input_size // _PATCH) ** 2 + 1
        self.patches = nn.Conv2d(3, _WIDTH, _PATCH, _PATCH, bias=False)
        self.token = nn.Parameter(torch.randn(1, 1, _WIDTH))
        self.places = nn.Parameter(torch.randn(1, places, _WIDTH))
        self.blocks = nn.Sequential(nn.LayerNorm(_WIDTH), *(_Block() for _ in range(_LAYERS)))
        self.last = nn.LayerNorm(_WIDTH)
        self.joint = nn.Parameter(torch.randn(_WIDTH, _JOINT) / _WIDTH**0.5)
        self.eval().requires_grad_(requires_grad=False)

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        x = self.patches(pixels).flatten(2).transpose(1, 2)
        x = torch.cat([self.token.expand(len(x), -1, -1), x], dim=1) + self.places
        return self.last(self.blocks(x)[:, 0]) @ self.joint

    def encode(self, images: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
        with torch.inference_mode():
            pixels = torch.from_numpy(images.astype(np.float32)).permute(0, 3, 1, 2).sub_(122).div_(68)
            return self(pixels.contiguous()).numpy()
