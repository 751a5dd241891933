"""The choices of a training: target, what is held out, where to start, how long, and the rest folded away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.core.types.training import Target, TrainingChoices
from imgsearch_gui.services.language import tr
from imgsearch_gui.ui import style
from imgsearch_gui.ui.calm_wheel import CalmWheel
from imgsearch_gui.ui.training.training_widgets import Fold, roomy
from imgsearch_gui.ui.widgets import label

if TYPE_CHECKING:
    from pathlib import Path

_DEFAULTS = TrainingChoices(None)
_HELD_OUT = (5, 50)  # per cent
_STEPS = (1, 100_000, 200)
_SEEDS = (0, 999_999_999)
_WEIGHTS = (0.0, 10.0)


class ChoicesPanel(QWidget):
    """How to train, each choice with a line of help.

    Signals:
        changed(): something was chosen.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.target, self.target_help = QComboBox(), label("", "quiet")
        for target in Target:
            self.target.addItem(_target(target)[0], target.value)
        self.expert_weight = _weight(_DEFAULTS.expert_weight, tr("Weight of the experts"))
        self.crowd_weight = _weight(_DEFAULTS.crowd_weight, tr("Weight of the crowd"))
        self.weights = _beside(
            QLabel(tr("Experts")), self.expert_weight, QLabel(tr("Crowd", "a weight")), self.crowd_weight
        )
        self.weights.setToolTip(_weights_help())
        self.held_out = QSpinBox()
        self.held_out.setRange(*_HELD_OUT)
        self.held_out.setSingleStep(5)
        self.held_out.setSuffix(" %")
        self.held_out.setValue(round(100 * _DEFAULTS.held_out))
        self.start, self.start_help = QComboBox(), label("", "quiet")
        self.start.addItems([tr("The matcher in use"), tr("Nothing", "to start from")])
        self.length = QComboBox()
        self.length.addItems([tr("Until it stops improving"), tr("A number of steps")])
        self.steps = QSpinBox()
        self.steps.setRange(*_STEPS[:2])
        self.steps.setValue(_STEPS[2])
        self.steps.setGroupSeparatorShown(True)
        self.steps.setAccessibleName(tr("Number of steps"))
        self.steps.setToolTip(tr("The most steps of each stage"))
        self.seed = QSpinBox()
        self.seed.setRange(*_SEEDS)
        self.seed.setValue(_DEFAULTS.seed)
        for number in (self.held_out, self.steps, self.seed):
            style.pad(number)
        self.rule = QCheckBox(tr("Leave out what the content rule hits"))
        self.rule.setChecked(_DEFAULTS.rule is RuleMode.BLOCK)
        rule_help = tr(
            "Captions with a word of the rule, and images with such a caption, are not trained on."
        )
        self.rule.setToolTip(rule_help)

        roomy(self.target, self.expert_weight, self.crowd_weight, self.held_out)
        roomy(self.start, self.length, self.steps, self.seed)
        for box in (self.target, self.held_out, self.start, self.length, self.steps, self.seed):
            CalmWheel(box)

        advanced = QWidget()
        inner = QVBoxLayout(advanced)
        inner.setContentsMargins(12, 0, 0, 0)
        inner.setSpacing(4)
        seed_help = label(tr("The same seed splits and trains in the same way again."), "quiet")
        _add(inner, tr("Se&ed"), _beside(self.seed), seed_help, self.seed)
        inner.addSpacing(6)
        inner.addWidget(self.rule)
        inner.addWidget(label(rule_help, "quiet"))
        self.advanced = Fold(tr("Advanced settings"), advanced)

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        _add(column, tr("&Learn from"), self.target, self.target_help)
        column.addWidget(self.weights)
        column.addSpacing(8)
        help_line = label(
            tr("Judged images that are not trained on, so that old and new can be compared on them."), "quiet"
        )
        _add(column, tr("&Hold out"), _beside(self.held_out), help_line, self.held_out)
        column.addSpacing(8)
        _add(column, tr("&Start from"), self.start, self.start_help)
        column.addSpacing(8)
        how_long = label(
            tr(
                "Each stage ends when images that are kept aside gain nothing more, "
                "or after the steps you give."
            ),
            "quiet",
        )
        _add(column, tr("Train &for"), _beside(self.length, self.steps), how_long, self.length)
        column.addSpacing(8)
        column.addWidget(self.advanced)
        column.addStretch()

        for box in (self.target, self.start, self.length):
            box.currentIndexChanged.connect(self._chosen)
        for number in (self.held_out, self.steps, self.seed):
            number.valueChanged.connect(self._chosen)
        for weight in (self.expert_weight, self.crowd_weight):
            weight.valueChanged.connect(self._chosen)
        self.rule.toggled.connect(self._chosen)
        self._draw()

    def choices(self, folder: Path | None, captions: Path | None) -> TrainingChoices:
        """Returns what is chosen, for a folder or for the own ratings."""
        return TrainingChoices(
            folder,
            captions,
            target=Target(self.target.currentData()),
            expert_weight=self.expert_weight.value(),
            crowd_weight=self.crowd_weight.value(),
            held_out=self.held_out.value() / 100,
            seed=self.seed.value(),
            from_nothing=self.start.currentIndex() == 1,
            most_steps=self.steps.value() if self.length.currentIndex() == 1 else None,
            rule=RuleMode.BLOCK if self.rule.isChecked() else RuleMode.OFF,
        )

    @Slot()
    def _chosen(self) -> None:
        self._draw()
        self.changed.emit()

    def _draw(self) -> None:
        target = Target(self.target.currentData())
        self.target_help.setText(_target(target)[1])
        self.weights.setVisible(target is Target.BLEND)
        self.start_help.setText(_start_help(nothing=self.start.currentIndex() == 1))
        self.steps.setVisible(self.length.currentIndex() == 1)


def _target(value: Target) -> tuple[str, str]:
    """Returns a target's name, and what it is."""
    texts = {
        Target.EXPERT_MEAN: (
            tr("Experts' mean"),
            tr("The mean of the experts' scores of a pair. The usual choice."),
        ),
        Target.EXPERT_MAJORITY: (
            tr("Experts' majority"),
            tr("The score that most experts gave; pairs whose experts all differ are left out."),
        ),
        Target.CROWD: (tr("Crowd"), tr("The share of the crowd that says that the caption fits.")),
        Target.BLEND: (
            tr("Experts and crowd"),
            tr("Both, by the weights below; the experts' mean alone where the crowd said nothing."),
        ),
    }
    return texts[value]


def _weights_help() -> str:
    return tr("How much each side counts where both judged a pair.")


def _start_help(*, nothing: bool) -> str:
    if nothing:
        return tr("Learns everything anew: needs many images with captions, and takes longer.")
    return tr("Keeps its heads, and its score too where the judgements are too few to do better.")


def _weight(value: float, name: str) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    style.pad(box)
    box.setRange(*_WEIGHTS)
    box.setSingleStep(0.1)
    box.setDecimals(2)
    box.setValue(value)
    box.setAccessibleName(name)
    box.setToolTip(_weights_help())
    CalmWheel(box)
    return box


def _beside(*widgets: QWidget) -> QWidget:
    """Returns widgets in a row, at their own widths."""
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        line.addWidget(widget)
    line.addStretch()
    return row


def _add(
    column: QVBoxLayout, title: str, widget: QWidget, help_line: QLabel, buddy: QWidget | None = None
) -> None:
    """Adds a choice: its name, the widget, and a line of help."""
    name = QLabel(title)  # not plain text: the ampersand marks its key
    target = buddy or widget
    name.setBuddy(target)
    target.setAccessibleName(title.replace("&", ""))
    target.setToolTip(help_line.text())
    column.addWidget(name)
    column.addWidget(widget)
    column.addWidget(help_line)
