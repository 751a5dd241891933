"""The sentences of the preview."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QDateTime, QLocale, QTime

from imgsearch_gui.services.language import decimal, number, tr
from imgsearch_gui.ui import messages

if TYPE_CHECKING:
    from datetime import datetime

    from imgsearch_gui.core.types.explanation import Explanation
    from imgsearch_gui.core.types.facts import PhotoFacts


@dataclass(frozen=True, slots=True)
class Bar:
    """A word, or what else raises or lowers a score.

    Attributes:
        text: what it is.
        effect: how much of the score is owed to it, -1..1.
    """

    text: str
    effect: float


def place(row: int, count: int) -> str:
    """Where among the photos one stands; rows are counted from 0."""
    return tr("{place} of {count}").format(place=number(row + 1), count=number(count))


def why() -> str:
    """What stands above the bars of the words."""
    return tr("Why: what each word does to the score")


def bars(explanation: Explanation) -> tuple[Bar, ...]:
    """What raises and lowers a score: the words in the order of the query, then the picture."""
    words = tuple(Bar(word.text, word.effect) for word in explanation.words)
    if explanation.picture is None:
        return words
    return (*words, Bar(tr("the picture"), explanation.picture))


def named(explanation: Explanation) -> str:
    """What the file's name has done, or nothing."""
    if not explanation.named:
        return ""
    return tr("Stands further up for its file name: {words}").format(words=explanation.named)


def copies(count: int) -> str:
    """How many files hold the same picture once more."""
    return tr("The same picture is in %Ln other file(s):", "", count)


def effect(value: float) -> str:
    """How much a word does to the score, with its sign."""
    figure = decimal(abs(value))
    if float(f"{value:.2f}") == 0:
        return figure
    return f"+{figure}" if value > 0 else f"−{figure}"


def spoken_bars(bars: tuple[Bar, ...]) -> str:
    """What the bars say, in sentences."""
    raising: list[Bar] = []
    lowering: list[Bar] = []
    idle: list[Bar] = []
    for bar in bars:
        rounded = round(bar.effect, 2)
        (raising if rounded > 0 else lowering if rounded < 0 else idle).append(bar)
    said = []
    if raising:
        said.append(tr("These raise the score: {words}.").format(words=_listed(raising)))
    if lowering:
        said.append(tr("These lower it: {words}.").format(words=_listed(lowering)))
    if idle:
        words = ", ".join(bar.text for bar in idle)
        said.append(tr("These do next to nothing: {words}.").format(words=words))
    return " ".join(said)


def _listed(bars: list[Bar]) -> str:
    return ", ".join(f"{bar.text} {effect(bar.effect)}" for bar in bars)


def facts(known: PhotoFacts) -> list[tuple[str, str]]:
    """What a file says of itself: what it is about, and that."""
    spelt = QLocale().toString
    taken = _moment(known.taken) if known.taken else ""
    length = (
        tr("{length} mm").format(length=spelt(float(known.focal_length), "g", 4))
        if known.focal_length
        else ""
    )
    shot = (
        tr("{fraction} s").format(fraction=known.exposure_fraction) if known.exposure else "",
        f"f/{spelt(float(known.aperture), 'g', 3)}" if known.aperture else "",
        f"ISO {known.iso}" if known.iso else "",
        length,
    )
    file = tr("{format}, {size}").format(
        format=known.format,
        size=QLocale().formattedDataSize(known.size, 1, QLocale.DataSizeFormat.DataSizeSIFormat),
    )
    rows = (
        (tr("Picture"), messages.pixels(known.width, known.height)),
        (tr("File"), file),
        (tr("Taken"), taken),
        (tr("Camera"), known.camera),
        (tr("Lens"), known.lens),
        (tr("Shot with"), "  ".join(part for part in shot if part)),
        (tr("Place"), _place(known.place) if known.place else ""),
        (tr("Says"), known.description),
    )
    return [(about, text) for about, text in rows if text]


def _moment(taken: datetime) -> str:
    day, time = QDate(taken.year, taken.month, taken.day), QTime(taken.hour, taken.minute, taken.second)
    short = QLocale.FormatType.ShortFormat
    return QLocale().toString(QDateTime(day, time), short)


def _place(place: tuple[float, float]) -> str:
    return ", ".join(decimal(degrees, 5) for degrees in place)


def zoom(scale: float) -> str:
    """A scale in percent."""
    return f"{number(round(scale * 100))} %" if scale else ""


def copying() -> str:
    """What is said while a picture is decoded to be copied."""
    return tr("Copying the picture…")


def copied(name: str) -> str:
    """What is said once it is."""
    return tr("Copied “{name}”: paste it as a picture or as a file.").format(name=name)
