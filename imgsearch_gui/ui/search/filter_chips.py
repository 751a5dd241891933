"""What is understood of a query, as chips below the field; each can be taken out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from imgsearch_gui.core.types.query import Filter, FilterKind, ParsedQuery, Term
from imgsearch_gui.services.language import tr
from imgsearch_gui.ui.messages import printable, shortened
from imgsearch_gui.ui.search.flow_layout import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 40  # letters of what stands on a chip


def chips_of(parsed: ParsedQuery) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yields what stands on each chip of a query, and where that begins and ends in the query.

    Plain words and phrases without a sign or weight have none: they stand in the field just so.
    """
    for term in parsed.terms:
        if term.away or term.weight != 1:
            yield _of_term(term), term.place
    for each in parsed.filters:
        yield _of_filter(each), each.place


def without(query: str, place: tuple[int, int]) -> str:
    """Returns a query without the words at a place."""
    return " ".join(f"{query[: place[0]]} {query[place[1] :]}".split())


def _of_term(term: Term) -> str:
    weight = QLocale().toString(term.weight, "g", 4)
    if not term.away:
        return tr("{weight} × “{words}”").format(weight=weight, words=_short(term.text))
    if term.weight == 1:
        return tr("without “{words}”").format(words=_short(term.text))
    return tr("{weight} × without “{words}”").format(weight=weight, words=_short(term.text))


def _of_filter(each: Filter) -> str:
    """Returns a filter in a few words."""
    kind, value = each.kind, each.value
    if isinstance(value, str):
        texts = {
            (FilterKind.FOLDER, False): tr("folder: {part}"),
            (FilterKind.FOLDER, True): tr("not in folder: {part}"),
            (FilterKind.NAME, False): tr("name: {part}"),
            (FilterKind.NAME, True): tr("name without: {part}"),
        }
        return texts[kind, each.away].format(part=_short(value))
    if kind is FilterKind.UNRATED:
        return tr("not rated")
    if isinstance(value, float):
        if kind is FilterKind.SCORE:
            number = QLocale().toString(value, "g", 4)
            return tr("score {sign} {number}").format(sign=each.operator, number=number)
        return tr("rated {rating} or better").format(rating=f"{value:g}") if value else tr("rated")
    text = tr("after {day}") if kind is FilterKind.AFTER else tr("before {day}")
    return text.format(day=value)


def _short(text: str) -> str:
    return shortened(printable(text), _LONGEST)


class FilterChips(QWidget):
    """One chip for each part of a query that is more than plain words; hidden without any.

    Args:
        parent: the Qt parent, if any.

    Signals:
        removed(str): the query without the chip that was pressed.
    """

    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[str, ParsedQuery] | None = None
        self._line = FlowLayout(self, 6)
        self._line.setContentsMargins(16, 0, 16, 6)
        self.hide()

    @property
    def buttons(self) -> list[QPushButton]:
        """The chips, in their order."""
        return self.findChildren(QPushButton)

    def say(self, query: str, parsed: ParsedQuery) -> None:
        """Shows what is understood of a query."""
        if self._shown == (query, parsed):
            return
        self._shown = query, parsed
        for button in self.buttons:
            self._line.removeWidget(button)
            button.setParent(None)
            button.deleteLater()
        for text, place in chips_of(parsed):
            button = QPushButton(f"{text.replace('&', '&&')}   ×")
            button.setObjectName("chip")
            button.setAccessibleName(tr("Search without the part “{part}”").format(part=text))
            button.setToolTip(tr("Take this out of the query"))
            button.clicked.connect(lambda _=False, place=place: self.removed.emit(without(query, place)))
            self._line.addWidget(button)
        self.setVisible(bool(self.buttons))
        self.updateGeometry()
