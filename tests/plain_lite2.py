"""EfficientNet-Lite2 as torch runs it with nothing done for speed: what the encoder is held against."""

from __future__ import annotations

import torch
from torch import nn

from imgsearch_gui.core.encoders import efficientnet_lite as lite2


class PlainLite2(nn.Module):
    """float32 [n, 3, 260, 260], as the network takes it, to float32 [n, 5528]; normalisation not folded."""

    def __init__(self) -> None:
        super().__init__()
        self._weights = {name: torch.from_numpy(array) for name, array in lite2._weights().items()}
        self._side = 260
        layers: list[nn.Module] = [self._layer("_conv_stem", "_bn0", 2)]
        width, at = 32, 0
        for stage_stride, expansion, channels, repeats in lite2._STAGES:
            for repeat in range(repeats):
                stride = stage_stride if repeat == 0 else 1
                name = f"_blocks.{at}"
                body = [self._layer(f"{name}._expand_conv", f"{name}._bn0")] if expansion > 1 else []
                body.append(self._layer(f"{name}._depthwise_conv", f"{name}._bn1", stride))
                body.append(self._layer(f"{name}._project_conv", f"{name}._bn2", activate=False))
                layers.append(_Block(body, residual=stride == 1 and width == channels))
                width, at = channels, at + 1
        self.early, self.late = nn.Sequential(*layers[:-1]), layers[-1]
        self.head = self._layer("_conv_head", "_bn1")
        self.classifier = nn.Linear(1280, 1000)
        self.classifier.load_state_dict({key: self._weights[f"_fc.{key}"] for key in ("weight", "bias")})
        self.eval().requires_grad_(requires_grad=False)

    def _layer(self, name: str, norm: str, stride: int = 1, *, activate: bool = True) -> nn.Sequential:
        weight = self._weights[f"{name}.weight"]
        channels, group_width, kernel, _ = weight.shape
        side = -(-self._side // stride)
        total = max((side - 1) * stride + kernel - self._side, 0)
        before, after = total // 2, total - total // 2
        self._side = side
        groups = channels if "depthwise" in name else 1
        convolution = nn.Conv2d(group_width * groups, channels, kernel, stride, groups=groups, bias=False)
        convolution.weight.data = weight
        norms = nn.BatchNorm2d(channels, eps=1e-3)
        norms.load_state_dict({key: self._weights[f"{norm}.{key}"] for key in norms.state_dict()})
        layers = [nn.ZeroPad2d((before, after, before, after)), convolution, norms]
        return nn.Sequential(*layers, nn.ReLU6(inplace=True)) if activate else nn.Sequential(*layers)

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        early = self.early(pixels)
        late = self.late(early)
        features = self.head(late)
        pooled = features.mean(dim=(2, 3))
        ends = (slice(5), slice(-5, None))
        quarters = [late[:, :, rows, columns].mean(dim=(2, 3)) for rows in ends for columns in ends]
        means = [early.mean(dim=(2, 3)), late.mean(dim=(2, 3))]
        highest = features.amax(dim=(2, 3))
        return torch.cat([pooled, *means, highest, *quarters, self.classifier(pooled)], dim=1)


class _Block(nn.Module):
    def __init__(self, body: list[nn.Module], *, residual: bool) -> None:
        super().__init__()
        self.body, self.residual = nn.Sequential(*body), residual

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.body(x) + x if self.residual else self.body(x)
