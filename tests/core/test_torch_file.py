"""Weights that torch wrote are read without it."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from imgsearch_gui.core.encoders.torch_file import read_weights

if TYPE_CHECKING:
    from pathlib import Path


def saved(file: Path, weights: object) -> Path:
    torch.save(weights, file, _use_new_zipfile_serialization=False)
    return file


def test_arrays_are_those_that_were_saved(tmp_path: Path) -> None:
    given = {
        "matrix": torch.arange(12.0).reshape(3, 4),
        "turned": torch.arange(12.0).reshape(3, 4).T,
        "part": torch.arange(12.0)[5:8],
        "count": torch.tensor(7),
    }
    read = read_weights(saved(tmp_path / "w.pth", given))
    assert read.keys() == given.keys()
    for name, array in read.items():
        np.testing.assert_array_equal(array, given[name].numpy())
        assert array.dtype == given[name].numpy().dtype


def test_a_file_runs_nothing(tmp_path: Path) -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, ...]:
            return (tmp_path.joinpath("run").write_text, ("!",))

    with pytest.raises(pickle.UnpicklingError, match="no part of a file of weights"):
        read_weights(saved(tmp_path / "w.pth", {"a": Evil()}))
    assert not (tmp_path / "run").exists()


def test_a_file_that_was_cut_off_is_told(tmp_path: Path) -> None:
    file = saved(tmp_path / "w.pth", {"a": torch.ones(100)})
    file.write_bytes(file.read_bytes()[:-8])
    with pytest.raises(pickle.UnpicklingError, match="ends too early"):
        read_weights(file)
    file.write_bytes(b"")
    with pytest.raises(EOFError):
        read_weights(file)
