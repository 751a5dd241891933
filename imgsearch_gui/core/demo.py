"""The demo gallery: the photographs that come with scikit-image and scikit-learn.

They are copied from the installed packages into a folder of the user's, so that nothing is
downloaded, and no photograph is shipped with this program.
"""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

from imgsearch_gui.errors import ImgSearchError
from imgsearch_gui.sentences import sentence

# Package, its folder, and for each file the name it gets in the gallery: some files bear names
# that tell nothing. Textures, test patterns and drawings of these packages are left out.
PHOTOGRAPHS = (
    (
        "skimage",
        "data",
        {
            "astronaut.png": "astronaut.png",
            "brick.png": "brick wall.png",
            "camera.png": "cameraman.png",
            "chelsea.png": "cat.png",
            "coffee.png": "coffee.png",
            "coins.png": "coins.png",
            "grass.png": "grass.png",
            "gravel.png": "gravel.png",
            "hubble_deep_field.jpg": "hubble deep field.jpg",
            "moon.png": "moon.png",
            "motorcycle_left.png": "motorcycle.png",
            "page.png": "page of a book.png",
            "retina.jpg": "retina.jpg",
            "rocket.jpg": "rocket.jpg",
        },
    ),
    ("sklearn", "datasets/images", {"china.jpg": "temple in china.jpg", "flower.jpg": "flower.jpg"}),
)


def prepare_demo(folder: Path) -> Path:
    """Copies the demo photographs into a folder; what is there already is left as it is.

    Args:
        folder: where the gallery is, made if it is missing.

    Returns:
        The folder.

    Raises:
        ImgSearchError: a package is missing, or the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for package, place, names in PHOTOGRAPHS:
            source = _package_folder(package) / place
            for name, title in names.items():
                _copy(source / name, folder / title)
    except OSError as error:
        raise ImgSearchError(
            sentence(
                "The demo gallery cannot be prepared in {folder}: {reason}.",
                folder=folder,
                reason=error.strerror or error,
            )
        ) from error
    return folder


def _package_folder(package: str) -> Path:
    """Finds an installed package without importing it, which would cost seconds."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ImgSearchError(
            sentence(
                "The demo gallery needs the Python package {package}, which is not installed: "
                "install ImgSearch again with pip.",
                package=package,
            )
        )
    return Path(spec.submodule_search_locations[0])


def _copy(source: Path, target: Path) -> None:
    if target.exists():
        return
    partial = target.with_name(f".{target.name}.part")
    shutil.copyfile(source, partial)
    partial.replace(target)
