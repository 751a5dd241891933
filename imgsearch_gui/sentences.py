"""Sentences that parts without a screen make, and that the window can say in another language.

Standard library only: everyone may take it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Sentence(str):
    """A sentence in English that knows what it was made of.

    Attributes:
        template: the sentence with ``{names}`` in place of values.
        values: what stands there; a value may be a sentence again.
    """

    __slots__ = ("template", "values")

    template: str
    values: Mapping[str, object]


def sentence(template: str, /, **values: object) -> Sentence:
    """Returns a template with its values put in, as ``str.format`` does.

    The template has to be written out where this is called: that is where translations are collected.
    """
    made = Sentence(template.format(**values))
    made.template, made.values = template, values
    return made


def remembered(text: str) -> Sentence:
    """Returns a sentence that was kept as plain text: one without values can be translated again."""
    made = Sentence(text)
    made.template, made.values = str(made), {}
    return made


def located(reason: str, file: Path, line: int | None = None) -> Sentence:
    """Returns a sentence that says where something is at fault, and why.

    Args:
        reason: the sentence, which may be a `Sentence`.
        file: the file.
        line: its line, counted from 1, where there is one.
    """
    if line is None:
        return sentence("{file}: {reason}", file=file, reason=reason)
    return sentence("{file}, line {line}: {reason}", file=file, line=line, reason=reason)
