"""What a decoder may do to its process, by what stands in the file; handed to the processes by name."""

from __future__ import annotations

import os
import signal

from imgsearch_gui.core.pictures.images import DecodedImage, decode_bytes

CRASH, HANG, EXIT, MEMORY = b"crash", b"hang", b"exit", b"memory"


def decode(data: bytes, size: int, content_hash: bytes, *, raw: bool) -> DecodedImage:
    """Decodes what is a picture, and does what the file says if it is none."""
    if data == CRASH:
        os.kill(os.getpid(), signal.SIGSEGV)
    if data == EXIT:
        os._exit(0)
    if data == HANG:
        return 10 ** (10**9)  # type: ignore[return-value] # in C, and without letting another thread run
    if data == MEMORY:
        return bytearray(6 * 1024**3)  # type: ignore[return-value]
    return decode_bytes(data, size, content_hash, raw=raw)


def modest(data: bytes, size: int, content_hash: bytes, *, raw: bool) -> DecodedImage:
    """Decodes, and ends the process when it has ever held more than a gigabyte."""
    import resource

    try:
        return decode_bytes(data, size, content_hash, raw=raw)
    finally:
        if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 1024**2:  # in KB, on Linux
            os._exit(1)
