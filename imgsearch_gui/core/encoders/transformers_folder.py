"""Encoders from a folder on disk: CLIP-style models for pictures and text, sentence-transformers for text.

Radford et al., "Learning Transferable Visual Models From Natural Language Supervision", ICML 2021;
Reimers and Gurevych, "Sentence-BERT", EMNLP 2019.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import numpy as np

from imgsearch_gui.core.encoders.local import check_pixels, fingerprint, finite, library, loading, unit
from imgsearch_gui.errors import EncoderError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import ModuleType

    from imgsearch_gui.core.encoders.base import FloatArray, PixelArray

_FROM_DISK = {"local_files_only": True, "trust_remote_code": False}
# Everything that vectors depend on: weights, configuration, vocabulary.
_FINGERPRINTED = {".safetensors", ".json", ".txt", ".model"}
_MAX_CHARACTERS = 2000  # some models read 8,000 tokens: a pasted novel must not stop the search
_BATCH = 32


class CLIPImageEncoder:
    """The picture half of a CLIP-style model: float32 [n, dim]. Thread-safe.

    Pictures are squashed, never cropped, and then scaled as the folder says.

    Args:
        folder: ``config.json``, ``model.safetensors`` and ``preprocessor_config.json``, as
            ``save_pretrained`` writes them.

    Raises:
        EncoderError: transformers is missing, or the folder holds no such model.
    """

    classes: tuple[str, ...] = ()

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        if (folder / "modules.json").is_file():
            raise EncoderError(
                sentence(
                    "The folder {folder} is a sentence-transformers model: it reads only text.", folder=folder
                )
            )
        transformers, self._model = _load_clip(folder)
        with loading(folder):
            self.version = f"clip-image/1/{_fingerprint(folder)}"
            self.input_size = _side(self._model.config, folder)
            self._processor = transformers.AutoImageProcessor.from_pretrained(folder, **_FROM_DISK)
            self._processor.do_resize = self._processor.do_center_crop = False  # pictures come squashed
            self.dim = self.encode(np.zeros((1, self.input_size, self.input_size, 3), np.uint8)).shape[1]

    def encode(self, images: PixelArray) -> FloatArray:
        """Encodes RGB pictures, uint8 [n, input_size, input_size, 3]; see ImageEncoder.encode."""
        import torch

        check_pixels(images, self.input_size)
        pixels = self._processor(list(images), input_data_format="channels_last", return_tensors="pt")
        with torch.inference_mode():
            return finite(_features(self._model.get_image_features(pixels["pixel_values"])), self._folder)


class CLIPTextEncoder:
    """The text half of a CLIP-style model: float32 [n, dim], unit length. Thread-safe.

    Args:
        folder: ``config.json``, ``model.safetensors`` and the tokenizer's files, as
            ``save_pretrained`` writes them.
        languages: the languages it understands, ISO 639-1; the folder does not say.

    Raises:
        EncoderError: transformers is missing, or the folder holds no such model.
    """

    def __init__(self, folder: Path, languages: frozenset[str]) -> None:
        self._folder, self.languages = folder, languages
        self._lock = threading.Lock()
        transformers, self._model = _load_clip(folder)
        with loading(folder):
            self.version = f"clip-text/1/{_fingerprint(folder)}"
            self._tokenizer = transformers.AutoTokenizer.from_pretrained(folder, **_FROM_DISK)
            config = self._model.config
            self._max_tokens = min(
                self._tokenizer.model_max_length, config.text_config.max_position_embeddings
            )
            # SigLIP reads its answer off the last of a fixed number of places.
            self._padding = "max_length" if config.model_type.startswith("siglip") else "longest"
            self.dim = self._vectors(["a photo"]).shape[1]

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """Encodes n sentences to float32 [n, dim]; see TextEncoder.encode."""
        return _in_batches(self._vectors, texts, self.dim)

    def _vectors(self, texts: list[str]) -> FloatArray:
        import torch

        with self._lock:
            tokens = self._tokenizer(
                texts,
                padding=self._padding,
                truncation=True,
                max_length=self._max_tokens,
                return_tensors="pt",
            )
        with torch.inference_mode():
            return unit(finite(_features(self._model.get_text_features(**tokens)), self._folder))


class SentenceTransformerEncoder:
    """A sentence-transformers model: float32 [n, dim], unit length. Thread-safe.

    Args:
        folder: ``modules.json`` and what it names, as ``SentenceTransformer.save`` writes them.
        languages: the languages it understands, ISO 639-1; the folder does not say.

    Raises:
        EncoderError: sentence-transformers is missing, or the folder holds no such model.
    """

    def __init__(self, folder: Path, languages: frozenset[str]) -> None:
        self._folder, self.languages = folder, languages
        self._lock = threading.Lock()
        _check_folder(folder, "modules.json")
        _quiet_transformers()
        sentence_transformers = library("sentence_transformers")
        with loading(folder):
            self.version = f"sentence-transformers/1/{_fingerprint(folder)}"
            self._model = sentence_transformers.SentenceTransformer(
                str(folder), device="cpu", model_kwargs={"use_safetensors": True}, **_FROM_DISK
            ).float()
            self.dim = self._vectors(["a photo"]).shape[1]

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """Encodes n sentences to float32 [n, dim]; see TextEncoder.encode."""
        return _in_batches(self._vectors, texts, self.dim)

    def _vectors(self, texts: list[str]) -> FloatArray:
        with self._lock:
            vectors: FloatArray = self._model.encode(texts, show_progress_bar=False)
        return unit(finite(vectors, self._folder))


def _load_clip(folder: Path) -> tuple[ModuleType, Any]:
    """Returns the transformers package and the model in a folder, ready to use."""
    _check_folder(folder, "config.json")
    transformers = _quiet_transformers()
    with loading(folder):
        model, report = transformers.AutoModel.from_pretrained(
            folder, use_safetensors=True, output_loading_info=True, **_FROM_DISK
        )
        if not (hasattr(model, "get_image_features") and hasattr(model, "get_text_features")):
            raise EncoderError(
                sentence(
                    "The folder {folder} holds a {kind}, not a CLIP-style model of pictures and text.",
                    folder=folder,
                    kind=type(model).__name__,
                )
            )
        # transformers would fill these with random numbers, and only log it.
        if absent := sorted(map(str, report["missing_keys"])):
            raise EncoderError(
                sentence(
                    "The weights in {folder} do not fit its config.json: {absent} is missing.",
                    folder=folder,
                    absent=absent[0],
                )
            )
        return transformers, model.float().eval().requires_grad_(requires_grad=False)


def _quiet_transformers() -> ModuleType:
    """Imports transformers without its progress bars and advice, which would mix with our own output."""
    transformers = library("transformers")
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    return transformers


def _check_folder(folder: Path, entry: str) -> None:
    """Raises EncoderError unless a folder looks like a model whose weights need no unpickling."""
    if not folder.is_dir():
        raise EncoderError(sentence("There is no folder {folder}.", folder=folder))
    if not (folder / entry).is_file():
        raise EncoderError(
            sentence(
                "The folder {folder} is not a model: it has neither a config.json nor a "
                "modules.json that fits.",
                folder=folder,
            )
        )
    weights = [path.parent for path in folder.rglob("*.safetensors")]
    pickled = [path for path in folder.rglob("pytorch_model*.bin") if path.parent not in weights]
    if pickled or not weights:
        raise EncoderError(
            sentence(
                "The weights in {folder} are not in a .safetensors file; pickled weights can run "
                "code and are not loaded.",
                folder=pickled[0].parent if pickled else folder,
            )
        )


def _fingerprint(folder: Path) -> str:
    return fingerprint(
        sorted(path for path in folder.rglob("*") if path.suffix in _FINGERPRINTED and path.is_file())
    )


def _side(config: object, folder: Path) -> int:
    """The side, in pixels, of the square that a CLIP-style model reads."""
    side = getattr(getattr(config, "vision_config", None), "image_size", None)
    if not isinstance(side, int):
        raise EncoderError(
            sentence("The model in {folder} does not read square pictures of one size.", folder=folder)
        )
    return side


def _features(output: object) -> FloatArray:
    """What a CLIP-style model returns: a tensor before transformers 5, an object that holds it since."""
    features: FloatArray = np.asarray(getattr(output, "pooler_output", output))
    return features


def _in_batches(encode: Callable[[list[str]], FloatArray], texts: Sequence[str], dim: int) -> FloatArray:
    vectors = np.empty((len(texts), dim), np.float32)
    for start in range(0, len(texts), _BATCH):
        vectors[start : start + _BATCH] = encode([t[:_MAX_CHARACTERS] for t in texts[start : start + _BATCH]])
    return vectors
