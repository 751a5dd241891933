"""A widget for each kind of setting: it shows the value, and sets it when the user changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from imgsearch_gui.services.language import tr
from imgsearch_gui.services.settings import Choice, Folder, Number, Switch
from imgsearch_gui.ui import style
from imgsearch_gui.ui.asking import ask_folder
from imgsearch_gui.ui.calm_wheel import CalmWheel
from imgsearch_gui.ui.messages import printable

if TYPE_CHECKING:
    from collections.abc import Callable
    from enum import StrEnum
    from typing import Any

    from imgsearch_gui.services.settings import Setting, Settings
    from imgsearch_gui.ui.asking import AskFolder

_HEIGHT = 30


def editor(setting: Setting[Any], settings: Settings, ask: AskFolder = ask_folder) -> QWidget:
    """Returns the widget for a setting of the schema, with its name and its explanation."""
    widget: QWidget
    if isinstance(setting, Choice):
        widget = _choice(setting, settings)
    elif isinstance(setting, Switch):
        widget = _switch(setting, settings)
    elif isinstance(setting, Number):
        widget = _number(setting, settings)
    elif isinstance(setting, Folder):
        widget = FolderEditor(setting, settings, ask)
    else:
        raise TypeError(f"The dialog has no widget for the setting {setting.key}.")
    widget.setAccessibleName(setting.label())
    widget.setAccessibleDescription(setting.help())
    widget.setToolTip(setting.help())
    widget.setObjectName(setting.key)
    return widget


def _choice(setting: Choice[StrEnum], settings: Settings) -> QComboBox:
    box = QComboBox()
    CalmWheel(box)
    box.setMinimumHeight(_HEIGHT)
    members: list[StrEnum] = list(type(setting.default))
    for member in members:
        box.addItem(setting.name(member))

    def show() -> None:
        box.setCurrentIndex(members.index(settings.get(setting)))

    _follow(box, setting, settings, show)
    box.currentIndexChanged.connect(lambda index: settings.set(setting, members[index]))
    return box


def _switch(setting: Switch, settings: Settings) -> QCheckBox:
    box = QCheckBox(tr("Yes"))
    _follow(box, setting, settings, lambda: box.setChecked(settings.get(setting)))
    box.toggled.connect(lambda checked: settings.set(setting, checked))
    return box


def _number(setting: Number, settings: Settings) -> QSpinBox:
    box = QSpinBox()
    style.pad(box)
    CalmWheel(box)
    box.setMinimumHeight(_HEIGHT)
    box.setRange(setting.least, setting.most)
    box.setSpecialValueText(setting.least_name())
    box.setGroupSeparatorShown(True)
    box.setKeyboardTracking(False)  # 100 is not 1 and 10 before
    if setting.most >= 1000:  # steps of one would lead nowhere
        box.setStepType(QSpinBox.StepType.AdaptiveDecimalStepType)
    _follow(box, setting, settings, lambda: box.setValue(settings.get(setting)))
    box.valueChanged.connect(lambda value: settings.set(setting, value))
    return box


def _follow(widget: QWidget, setting: Setting[Any], settings: Settings, show: Callable[[], None]) -> None:
    """Shows the value, now and when another part of the window changes it."""

    def changed(key: str) -> None:
        if key == setting.key:
            show()

    show()
    _Follower(changed, settings, widget)


class _Follower(QObject):
    """Goes with its widget, and so does its connection."""

    def __init__(self, changed: Callable[[str], None], settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._tell = changed
        settings.changed.connect(self._changed)

    @Slot(str)
    def _changed(self, key: str) -> None:
        self._tell(key)


class FolderEditor(QWidget):
    """A folder, a button that chooses another, and one that goes back to the usual one.

    Args:
        setting: the row.
        settings: the values.
        ask: asks for a folder.

    Signals:
        shown(): another folder is shown.

    Attributes:
        field: the folder; to be read and copied.
        choose_button: chooses another.
        default_button: goes back to the usual one.
    """

    shown = Signal()

    def __init__(self, setting: Folder, settings: Settings, ask: AskFolder) -> None:
        super().__init__()
        self._setting, self._settings, self._ask = setting, settings, ask
        self.field = QLineEdit()
        self.field.setReadOnly(True)
        self.field.setMinimumHeight(_HEIGHT)
        self.field.setAccessibleName(setting.label())
        self.choose_button = QPushButton(tr("Choose…"))
        self.choose_button.setToolTip(tr("Choose another folder"))
        self.default_button = QPushButton(tr("Default"))
        self.default_button.setToolTip(tr("Back to the program’s data folder"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.field, 1)
        for button in (self.choose_button, self.default_button):
            button.setObjectName("small")
            button.setAutoDefault(False)
            row.addWidget(button)
        self.setFocusProxy(self.choose_button)
        self.choose_button.clicked.connect(self._choose)
        self.default_button.clicked.connect(lambda: settings.set(setting, None))
        _follow(self, setting, settings, self._show)

    def _show(self) -> None:
        folder = self._settings.get(self._setting)
        self.field.setText(tr("The program’s data folder") if folder is None else printable(folder))
        self.field.setCursorPosition(0)
        self.default_button.setEnabled(folder is not None)
        self.shown.emit()

    @Slot()
    def _choose(self) -> None:
        chosen = self._ask(self, self._setting.label(), self._settings.get(self._setting))
        if chosen is not None:
            self._settings.set(self._setting, chosen.absolute())
