"""Weights in sixteen bits a number, half of what their package has."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def halve(source: Path, target: Path) -> Path:
    """Writes the numbers of a safetensors file in sixteen bits each, and returns ``target``.

    The same numbers give the same bytes, whose digest the program checks.
    """
    import numpy as np
    from safetensors.numpy import load_file, save_file

    halved = {
        name: values.astype(np.float16) if values.dtype == np.float32 else values
        for name, values in load_file(source).items()
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    save_file(halved, target)
    return target
