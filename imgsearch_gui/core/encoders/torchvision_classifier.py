"""Any classifier of torchvision as an image encoder, with weights from a file on disk."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.core.encoders.imagenet import class_names
from imgsearch_gui.core.encoders.local import check_pixels, fingerprint, finite, library, loading
from imgsearch_gui.errors import EncoderError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from pathlib import Path

    import torch
    from torch import nn

    from imgsearch_gui.core.encoders.base import FloatArray, PixelArray

_IMAGENET_CLASSES = 1000
# What every classifier of torchvision was trained with.
_MEAN, _STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
# The published weights of these two expect another scaling, which the network then does by itself.
_INCEPTION = {"transform_input": True, "init_weights": False}
_OPTIONS = {"googlenet": _INCEPTION, "inception_v3": _INCEPTION}


class TorchvisionClassifier:
    """The input and the output of a classifier's last linear layer: float32 [n, features + logits].

    Pictures are squashed to 224 pixels and scaled by ImageNet's mean and deviation. Thread-safe.

    Args:
        architecture: a name that ``torchvision.models`` knows, such as ``"resnet50"``.
        weights: its state dictionary, ``.safetensors``, ``.pth`` or ``.pt``; of the last two only
            tensors are read.

    Raises:
        EncoderError: torchvision is missing, the architecture is unknown, or the weights cannot be
            read or do not fit.
    """

    input_size = 224

    def __init__(self, architecture: str, weights: Path) -> None:
        models = library("torchvision").models
        known = models.list_models(module=models)  # classifiers only
        if architecture not in known:
            close = ", ".join(difflib.get_close_matches(architecture, known)) or "resnet50, vit_b_16"
            raise EncoderError(
                sentence(
                    "torchvision has no classifier {architecture!r}; it has {close} and others.",
                    architecture=architecture,
                    close=close,
                )
            )
        if not weights.is_file():
            raise EncoderError(sentence("There is no weights file {weights}.", weights=weights))
        self._path = weights
        with loading(weights):
            self.version = f"torchvision/{architecture}/{self.input_size}-squash/1/{fingerprint([weights])}"
            state = _read(weights)
            options = _OPTIONS.get(architecture, {})
            network: nn.Module = models.get_model(architecture, weights=None, **options)
            name, layer = _last_linear(network)
            head = state.get(f"{name}.weight")
            if head is None or head.dim() != 2 or head.shape[1] != layer.in_features:
                raise EncoderError(
                    sentence(
                        "The weights {weights} are not those of a {architecture}.",
                        weights=weights,
                        architecture=architecture,
                    )
                )
            logits = len(head)
            if logits != layer.out_features:
                network = models.get_model(architecture, weights=None, num_classes=logits, **options)
            network.load_state_dict(state)
            network.set_submodule(name, _with_input(network.get_submodule(name)))
            self._network = network.eval().requires_grad_(requires_grad=False)
            self.dim = layer.in_features + logits
            self.classes = class_names() if logits == _IMAGENET_CLASSES else ()
            self.encode(np.zeros((1, self.input_size, self.input_size, 3), np.uint8))

    def encode(self, images: PixelArray) -> FloatArray:
        """Encodes RGB pictures, uint8 [n, 224, 224, 3]; see ImageEncoder.encode."""
        import torch

        check_pixels(images, self.input_size)
        mean, std = torch.tensor([_MEAN, _STD]).view(2, 1, 3, 1, 1)
        with torch.inference_mode():
            pixels = torch.from_numpy(images).permute(0, 3, 1, 2).float().div_(255).sub_(mean).div_(std)
            return finite(self._network(pixels).numpy(), self._path)


def _read(path: Path) -> dict[str, torch.Tensor]:
    """Reads a state dictionary without unpickling anything but tensors."""
    import torch
    from safetensors.torch import load_file

    if path.suffix == ".safetensors":
        state = load_file(path)
    elif path.suffix in {".pth", ".pt"}:
        state = torch.load(path, map_location="cpu", weights_only=True)
    else:
        raise EncoderError(
            sentence("The weights {path} must be a .safetensors, .pth or .pt file.", path=path)
        )
    if not isinstance(state, dict) or not all(isinstance(value, torch.Tensor) for value in state.values()):
        raise EncoderError(
            sentence(
                "The weights {path} must be a plain state dictionary: a tensor for every name.", path=path
            )
        )
    return state


def _last_linear(network: nn.Module) -> tuple[str, nn.Linear]:
    """Finds the layer that gives the logits: every torchvision classifier but one ends in it."""
    from torch import nn

    layers = [(name, module) for name, module in network.named_modules() if isinstance(module, nn.Linear)]
    if not layers:
        raise EncoderError(
            sentence("A {kind} does not end in a linear layer; take another.", kind=type(network).__name__)
        )
    return layers[-1]


def _with_input(layer: nn.Module) -> nn.Module:
    """Wraps a layer so that it gives its input before its output: [n, i] -> [n, i + o]."""
    import torch
    from torch import nn

    class WithInput(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.layer = layer

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return torch.cat([x, self.layer(x)], dim=1)

    return WithInput()
