"""What is done on Linux to the bundle's native libraries, once they are collected, and what they ask for.

It is done by binutils (`strip`, `objdump`, `as`, `ld`), which PyInstaller needs too.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import struct
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Of ICU's data, what Qt sorts and changes case by, and what that stands on. Left out are units, currencies,
# names of languages and places, line breaks and old character sets, which Qt has itself or nobody sees.
_USED_ICU = re.compile(
    r"""
    icudt\d+l/(
      coll/.* | .*\.(icu|nrm)
      | (root|pool|res_index|icuver|en|ru|keyTypeData|likelySubtags|numberingSystems|supplementalData
        |metaZones|timezoneTypes|windowsZones|zoneinfo64)\.res
    )
    """,
    re.VERBOSE,
)
_ICU_KIND = b"CmnD"  # a package of data, in ICU's words
_ALIGNED = 16  # bytes; ICU's items begin at multiples of it

_X265_FUNCTION = re.compile(r"\*UND\*.*\s(x265_\w+)$", re.MULTILINE)
_ANSWER_0 = {"x86_64": "xor %eax, %eax", "aarch64": "mov x0, #0"}  # as each kind of processor has it
_NEEDED = re.compile(r"^\s*NEEDED\s+(\S+)", re.MULTILINE)
_GLIBC = re.compile(r"\bGLIBC_([\d.]+)")


def slim(folder: Path) -> None:
    """Makes the libraries in a bundle smaller: 230 MB."""
    if sys.platform == "linux":
        _leave_out_x265(folder)
        _leave_out_icu_data(folder)
        _strip_symbols(folder)
        _link_copies(folder)


def oldest_glibc(folder: Path) -> str:
    """Returns the oldest glibc, as in ``2.36``, that has all that the libraries in a bundle ask of it."""
    asked: list[str] = [name for file in _elf_files(folder) for name in _GLIBC.findall(_told("-T", file))]
    return max(asked, key=lambda version: [int(part) for part in version.split(".")])


def from_the_system(folder: Path) -> set[str]:
    """Returns the names of the libraries that those in a bundle ask for and that are not in it."""
    asked = {name for file in _elf_files(folder) for name in needed(file)}
    return asked - {file.name for file in folder.rglob("*.so*")}


def needed(library: Path) -> list[str]:
    """Returns the names of the libraries that a binary asks the loader for."""
    return _NEEDED.findall(_told("-p", library))


def _strip_symbols(folder: Path) -> None:
    """Takes from the libraries what only a debugger reads: 180 MB.

    Those in folders like ``numpy.libs`` are left as they are: they were edited when their wheels were made,
    and `strip` breaks some such files. They hold few symbols.
    """
    for file in _elf_files(folder):
        if not any(part.endswith(".libs") for part in file.parts):
            subprocess.run(["strip", "--strip-unneeded", file], check=True)


def _link_copies(folder: Path) -> None:
    """Makes links of files that are there twice, as NumPy's and SciPy's Fortran library is."""
    first: dict[bytes, Path] = {}
    for file in sorted(folder.rglob("*.so*")):
        if file.is_file() and not file.is_symlink():
            with file.open("rb") as opened:
                original = first.setdefault(hashlib.file_digest(opened, "sha256").digest(), file)
            if original != file:
                file.unlink()
                file.symlink_to(os.path.relpath(original, file.parent))


def _leave_out_x265(folder: Path) -> None:
    """Puts a library that can nothing in place of the encoder x265, 23 MB under the GPL: HEIC is only read.

    Its functions answer 0, which is x265's own way to say that it cannot do what it is asked for.
    """
    if platform.machine() not in _ANSWER_0:
        return
    for encoder in folder.glob("**/pillow_heif.libs/libx265-*"):
        readers = "".join(_told("-T", file) for file in encoder.parent.glob("libheif-*"))
        answer = _ANSWER_0[platform.machine()]
        functions = sorted(set(_X265_FUNCTION.findall(readers)))
        lines = [f".globl {name}\n.type {name}, %function\n{name}: {answer}\nret" for name in functions]
        _assemble(encoder, ".text\n" + "\n".join(lines) + "\n")


def _leave_out_icu_data(folder: Path) -> None:
    """Takes from ICU's data what is not used: 27 of 32 MB."""
    for library in folder.glob("**/Qt/lib/libicudata.so.*"):
        with tempfile.TemporaryDirectory() as scratch:
            data = Path(scratch, "icu.dat")
            data.write_bytes(_used_icu_data(library.read_bytes()))
            name = f"icudt{library.suffix[1:]}_dat"
            _assemble(
                library,
                f".section .rodata\n.globl {name}\n.type {name}, %object\n.balign {_ALIGNED}\n"
                f'{name}: .incbin "{data}"\n.size {name}, . - {name}\n',
            )


def _used_icu_data(library: bytes) -> bytes:
    """Returns the part of ICU's package of data that is used, as a package of its own.

    A package is a header, then a table with the places of each item's name and data, counted from the
    table's beginning, in the order of the names; then the names; then the data.
    """
    begin = library.index(_ICU_KIND) - 12
    (header,) = struct.unpack_from("<H", library, begin)
    table = begin + header
    (count,) = struct.unpack_from("<I", library, table)
    places = [struct.unpack_from("<II", library, table + 4 + 8 * i) for i in range(count)]
    ends = [*(data for _, data in places[1:]), len(library) - table]
    items = []
    for (name_at, data_at), end in zip(places, ends, strict=True):
        name = library[table + name_at : library.index(b"\0", table + name_at)]
        if _USED_ICU.fullmatch(name.decode("ascii")):
            items.append((name, library[table + data_at : table + end]))
    entries, names, data = [], b"", b""
    names_at = 4 + 8 * len(items)
    data_at = _aligned(names_at + sum(len(name) + 1 for name, _ in items))
    for name, content in items:
        entries.append(struct.pack("<II", names_at + len(names), data_at + len(data)))
        names += name + b"\0"
        data += content.ljust(_aligned(len(content)), b"\0")
    made = (struct.pack("<I", len(items)) + b"".join(entries) + names).ljust(data_at, b"\0")
    return library[begin:table] + made + data


def _aligned(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED


def _assemble(library: Path, source: str) -> None:
    """Writes a shared library in place of one, with the same name for the loader."""
    (name,) = re.findall(r"SONAME\s+(\S+)", _told("-p", library))
    with tempfile.TemporaryDirectory() as scratch:
        part = Path(scratch, "part.o")
        subprocess.run(["as", "-o", part, "-"], input=source, text=True, check=True)
        library.unlink()
        subprocess.run(
            ["ld", "-shared", "-z", "noexecstack", "-soname", name, "-o", library, part], check=True
        )


def _told(option: str, file: Path) -> str:
    return subprocess.run(["objdump", option, file], capture_output=True, text=True, check=True).stdout


def _elf_files(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*"):
        if file.is_file() and not file.is_symlink() and _is_elf(file):
            yield file


def _is_elf(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(4) == b"\x7fELF"
