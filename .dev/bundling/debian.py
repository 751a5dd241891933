"""Makes the Debian package: the bundle, a launcher, a desktop entry, the icon, a manual page."""

from __future__ import annotations

import gzip
import shutil
import subprocess
from pathlib import Path

from bundling import archives, libraries

_HERE = Path(__file__).parent
_ROOT = _HERE.parent.parent
_LIBRARY = "usr/lib/imgsearch"

# What Qt opens a window with; the bundle brings the rest.
_DEPENDS = (
    "libegl1, libgl1, libdbus-1-3, libfontconfig1, libfreetype6, libglib2.0-0 | libglib2.0-0t64, libxcb1, "
    "libgcc-s1, libstdc++6 (>= 11), fonts-dejavu-core | fonts-freefont-ttf"
)
_CONTROL = """\
Package: imgsearch
Version: {version}
Architecture: {architecture}
Maintainer: ImgSearch <imgsearch@localhost>
Installed-Size: {kilobytes}
Depends: libc6 (>= {glibc}), {depends}
Section: graphics
Priority: optional
Description: find photographs by a sentence, offline
 Open a folder of photos, type a sentence, and see the photos that match it,
 best first, each with a score. ImgSearch runs on a laptop without a graphics
 card, and offline: no photo and no query ever leaves the computer.
"""
_COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: ImgSearch
Comment: The licences of all that comes with it are in /{library}/_internal/licences.

Files: *
Copyright: {copyright}
License: Expat
 {licence}
"""


def make(bundle: Path, version: str) -> Path:
    """Makes ``imgsearch_VERSION_ARCHITECTURE.deb`` beside the bundle, and returns it. No root is needed."""
    architecture = _told("dpkg", "--print-architecture")
    tree = bundle.with_name("deb-tree")
    shutil.rmtree(tree, ignore_errors=True)
    try:
        _fill(tree, bundle)
        kilobytes = sum(file.lstat().st_size for file in tree.rglob("*")) // 1024
        glibc = libraries.oldest_glibc(bundle)
        control = _CONTROL.format(
            version=version, architecture=architecture, kilobytes=kilobytes, glibc=glibc, depends=_DEPENDS
        )
        _write(tree / "DEBIAN" / "control", control)
        package = bundle.with_name(f"imgsearch_{version}_{architecture}.deb")
        part = package.with_name(f"part-{package.name}")
        build = ("dpkg-deb", "--root-owner-group", "-Zzstd", "-z12", "--build")
        subprocess.run([*build, tree, part], check=True, stdout=subprocess.DEVNULL)
        part.replace(package)
    finally:
        shutil.rmtree(tree, ignore_errors=True)
    archives.write_sum(package)
    return package


def _fill(tree: Path, bundle: Path) -> None:
    shutil.copytree(bundle, tree / _LIBRARY, symlinks=True, copy_function=_link)
    launcher = tree / "usr/bin/imgsearch-gui"
    launcher.parent.mkdir(parents=True)
    launcher.symlink_to("../lib/imgsearch/ImgSearch")
    share = tree / "usr/share"
    _write(share / "applications/imgsearch-gui.desktop", (_HERE / "imgsearch-gui.desktop").read_text("utf-8"))
    icons = share / "icons/hicolor/scalable/apps"
    icons.mkdir(parents=True)
    shutil.copyfile(_ROOT / "resources/icons/imgsearch.svg", icons / "imgsearch-gui.svg")
    docs = share / "doc/imgsearch"
    licence = (_ROOT / "LICENSE").read_text("utf-8").strip().splitlines()
    holder = next(line for line in licence if line.startswith("Copyright"))
    text = "\n ".join(line or "." for line in licence)
    _write(docs / "copyright", _COPYRIGHT.format(library=_LIBRARY, copyright=holder, licence=text))
    _pack(_ROOT / "CHANGELOG.md", docs)
    _pack(_HERE / "imgsearch-gui.1", share / "man/man1")
    for path in tree.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or _is_program(path) else 0o644)


def _is_program(file: Path) -> bool:
    return bool(file.stat().st_mode & 0o100) and ".so" not in file.name


def _link(source: str, target: str) -> None:
    """Copies without copying: the package is built beside the bundle and read only."""
    Path(target).hardlink_to(source)


def _pack(file: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with gzip.GzipFile(folder / f"{file.name}.gz", "wb", mtime=0) as packed:
        packed.write(file.read_bytes())


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _told(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
