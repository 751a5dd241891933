"""Reads the weights in a file that ``torch.save`` wrote before torch 1.6, without torch.

Importing torch costs a second and 190 MB, and a search needs it for nothing else. The file is a row of
pickles: a magic number, a version, sizes, the names with what each is a view of, and the keys of the
storages; the numbers themselves follow, each storage after its length.
"""

from __future__ import annotations

import pickle
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy.typing as npt

    Numbers = npt.NDArray[Any]

_STORAGES = {"FloatStorage": np.dtype("<f4"), "LongStorage": np.dtype("<i8")}
_PICKLES_BEFORE = 3  # magic number, version, sizes


class _Reader(pickle.Unpickler):
    """Makes what such a file may name, and nothing else: no code of the file's choosing ever runs."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file)
        self.storages: dict[str, Numbers] = {}

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - as the base class has it
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _view
        if module == "torch" and name in _STORAGES:
            return _STORAGES[name]
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a file of weights.")

    def persistent_load(self, pid: Any) -> Numbers:  # noqa: ANN401 - likewise
        _, dtype, key, _, length, _ = pid
        return self.storages.setdefault(key, np.empty(length, dtype))


def _view(storage: Numbers, offset: int, shape: Sequence[int], strides: Sequence[int], *_: object) -> Numbers:
    steps = [stride * storage.itemsize for stride in strides]
    return np.lib.stride_tricks.as_strided(storage[offset:], shape, steps)


def read_weights(path: Path) -> dict[str, Numbers]:
    """Reads arrays by name from a file whose digest the caller has checked.

    The views trust the file's shapes, which is why the digest comes first.

    Raises:
        OSError: the file cannot be read.
        pickle.UnpicklingError: it holds something else than weights.
    """
    with path.open("rb") as file:
        for _ in range(_PICKLES_BEFORE):
            _Reader(file).load()
        reader = _Reader(file)
        weights: dict[str, Numbers] = reader.load()
        for key in _Reader(file).load():
            file.seek(8, 1)  # the length, which the names told already
            storage = reader.storages[key]
            if file.readinto(storage.data.cast("B")) != storage.nbytes:
                raise pickle.UnpicklingError("the file ends too early.")
    return dict(weights)
