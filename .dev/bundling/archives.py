"""Packs the bundle into one file, with its SHA-256 beside it."""

from __future__ import annotations

import hashlib
import platform
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_SYSTEMS = {"linux": "linux", "darwin": "macos", "win32": "windows"}
_ARCHITECTURES = {"amd64": "x86_64", "arm64": "aarch64"}
# The highest level that any computer unpacks, for a tenth less than at the usual ones; it takes minutes.
_ZSTD = ("zstd", "-19", "--long=27", "--threads=0", "--quiet", "--force")


def pack(bundle: Path, version: str) -> Path:
    """Packs ``bundle`` beside itself and returns the archive.

    It is a ``.tar.zst`` on Linux, and elsewhere a ``.zip``, which any computer there unpacks: on macOS made
    by `ditto`, which keeps links, and on Windows by `tar`.
    """
    machine = platform.machine().lower()
    name = f"ImgSearch-{version}-{_SYSTEMS[sys.platform]}-{_ARCHITECTURES.get(machine, machine)}"
    archive = bundle.with_name(f"{name}.{'tar.zst' if sys.platform == 'linux' else 'zip'}")
    part = archive.with_name(f"part-{archive.name}")
    part.unlink(missing_ok=True)
    if sys.platform == "linux":
        plain = ("--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--mode=go-w")
        tar = ["tar", "--create", *plain, f"--directory={bundle.parent}", bundle.name]
        with subprocess.Popen(tar, stdout=subprocess.PIPE) as packing:
            subprocess.run([*_ZSTD, "-o", part], stdin=packing.stdout, check=True)
        if packing.returncode:
            raise SystemExit("tar could not pack the bundle; its own message is above.")
    elif sys.platform == "darwin":
        app = bundle.with_suffix(".app")
        subprocess.run(["ditto", "-c", "-k", "--keepParent", app, part], check=True)
    else:
        subprocess.run(["tar", "-a", "-c", "-f", part, "-C", bundle.parent, bundle.name], check=True)
    part.replace(archive)
    write_sum(archive)
    return archive


def write_sum(file: Path) -> None:
    """Writes ``FILE.sha256`` beside a file, as `sha256sum --check` reads it."""
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    told = file.with_name(f"{file.name}.sha256")
    told.write_text(f"{digest} *{file.name}\n", encoding="utf-8", newline="\n")
