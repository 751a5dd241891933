"""Sentences that parts without a screen make, and that the window can say in another language.

Standard library only: everyone may take it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


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
