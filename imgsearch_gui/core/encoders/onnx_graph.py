"""Writes a network in the ONNX format, in memory, for ONNX Runtime, which runs it.

Only what the encoders need: constants, and attributes that are numbers. The messages
and the numbers of their fields are those of onnx.proto3 (https://onnx.ai); the ``onnx`` package would
bring 60 MB for the same.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt
    from onnxruntime import InferenceSession

_IR_VERSION = 8
_OPSET = 17
_KINDS = {np.dtype(np.float32): 1, np.dtype(np.uint8): 2, np.dtype(np.int64): 7}  # TensorProto.DataType
_FLOAT, _INT, _INTS = 1, 2, 7  # AttributeProto.AttributeType
_VARINT, _BYTES, _FOUR_BYTES = 0, 2, 5  # wire types

Attribute = int | float | Sequence[int]


class Graph:
    """A network that grows by one operation at a time, each named by its output.

    Args:
        shape: of the one input, named ``input``, without its first dimension, which may be any, as may
            those that are None.
        dtype: of the input.
    """

    def __init__(self, shape: Sequence[int | None], dtype: npt.DTypeLike) -> None:
        self.input = "input"
        self._declared = _value(self.input, _KINDS[np.dtype(dtype)], shape)
        self._nodes: list[bytes] = []
        self._constants: list[bytes] = []

    def constant(self, values: npt.ArrayLike, dtype: npt.DTypeLike = np.float32) -> str:
        """Adds numbers that are known, and returns their name."""
        array = np.ascontiguousarray(values, dtype)
        name = f"constant{len(self._constants)}"
        dims = b"".join(_integer(1, side) for side in np.shape(values))
        kind = _integer(2, _KINDS[array.dtype])
        little_endian = array.astype(array.dtype.newbyteorder("<"), copy=False)
        self._constants.append(dims + kind + _bytes(8, name.encode()) + _bytes(9, little_endian.tobytes()))
        return name

    def add(self, operator: str, *inputs: str, **attributes: Attribute) -> str:
        """Adds an operation, and returns the name of its output."""
        name = f"{operator}{len(self._nodes)}"
        parts = [_bytes(1, source.encode()) for source in inputs]
        parts += [_bytes(2, name.encode()), _bytes(4, operator.encode())]
        parts += [_bytes(5, _attribute(key, value)) for key, value in attributes.items()]
        self._nodes.append(b"".join(parts))
        return name

    def model(self, output: str) -> bytes:
        """Returns the file's bytes; ``output`` names the one result, float32 of any shape."""
        graph = b"".join(
            [
                *(_bytes(1, node) for node in self._nodes),
                _bytes(2, b"network"),
                *(_bytes(5, constant) for constant in self._constants),
                _bytes(11, self._declared),
                _bytes(12, _value(output, _KINDS[np.dtype(np.float32)], None)),
            ]
        )
        return _integer(1, _IR_VERSION) + _bytes(7, graph) + _bytes(8, _integer(2, _OPSET))


def session(model: bytes) -> InferenceSession:
    """Returns a network ready to run; each run takes one thread, and several may run at once."""
    # Without this, importing version 1.32 is enough to have the network asked for its makers' address, and an
    # identifier written into the user's cache folder. Calls to it come too late to prevent that.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # of Windows' own event log; nothing is noted there
    options = onnxruntime.SessionOptions()
    # Callers share work out among threads of their own: no layer then waits for the slowest.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    made = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    vars(made).pop("_model_bytes", None)  # a second copy of the weights, for other providers
    return made


def _attribute(name: str, value: Attribute) -> bytes:
    if isinstance(value, float):
        number = bytes(_varint(2 << 3 | _FOUR_BYTES)) + struct.pack("<f", value)
        return _bytes(1, name.encode()) + number + _integer(20, _FLOAT)
    if isinstance(value, int):
        return _bytes(1, name.encode()) + _integer(3, value) + _integer(20, _INT)
    numbers = b"".join(_integer(8, number) for number in value)
    return _bytes(1, name.encode()) + numbers + _integer(20, _INTS)


def _value(name: str, kind: int, shape: Sequence[int | None] | None) -> bytes:
    """A ValueInfoProto: the first of its dimensions is left open, and all when there is no shape."""
    tensor = _integer(1, kind)
    if shape is not None:
        sides = [
            _bytes(2, f"side{place}".encode()) if side is None else _integer(1, side)
            for place, side in enumerate([None, *shape])
        ]
        tensor += _bytes(2, b"".join(_bytes(1, side) for side in sides))
    return _bytes(1, name.encode()) + _bytes(2, _bytes(1, tensor))


def _integer(field: int, value: int) -> bytes:
    return bytes([*_varint(field << 3 | _VARINT), *_varint(value)])


def _bytes(field: int, value: bytes) -> bytes:
    return bytes([*_varint(field << 3 | _BYTES), *_varint(len(value))]) + value


def _varint(value: int) -> Iterator[int]:
    """Yields a number that is not negative, seven bits a byte, the lowest first."""
    while value > 0x7F:
        yield value & 0x7F | 0x80
        value >>= 7
    yield value
