"""The look: one light and one dark palette, chosen by the system or the user, and the icons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImage, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from imgsearch_gui import paths
from imgsearch_gui.services.settings_schema import Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractSpinBox, QApplication

_ROLE = QPalette.ColorRole
_THEME: Final = "imgsearch-theme"  # the application's property that remembers what was chosen
_PADDING: Final = 5  # pixels, as of the other fields
_DARK_NOW: Final = "imgsearch-dark"  # and what is drawn, once something is
_SCHEMES: Final = {
    Theme.SYSTEM: Qt.ColorScheme.Unknown,
    Theme.LIGHT: Qt.ColorScheme.Light,
    Theme.DARK: Qt.ColorScheme.Dark,
}

_LIGHT: Final = {
    _ROLE.Window: "#f6f6f4",
    _ROLE.WindowText: "#22252a",
    _ROLE.Base: "#ffffff",
    _ROLE.AlternateBase: "#ecece8",
    _ROLE.Text: "#22252a",
    _ROLE.PlaceholderText: "#767b83",
    _ROLE.Button: "#ffffff",
    _ROLE.ButtonText: "#22252a",
    _ROLE.BrightText: "#ffffff",
    _ROLE.Highlight: "#1f6f8b",
    _ROLE.HighlightedText: "#ffffff",
    _ROLE.ToolTipBase: "#22252a",
    _ROLE.ToolTipText: "#f6f6f4",
    _ROLE.Link: "#1f6f8b",
    _ROLE.Light: "#ffffff",
    _ROLE.Midlight: "#e6e6e2",
    _ROLE.Mid: "#d4d4cf",
    _ROLE.Dark: "#a4a6a8",
    _ROLE.Shadow: "#6b6e72",
}
_DARK: Final = {
    _ROLE.Window: "#1d1f22",
    _ROLE.WindowText: "#e6e7e9",
    _ROLE.Base: "#26292d",
    _ROLE.AlternateBase: "#2b2e33",
    _ROLE.Text: "#e6e7e9",
    _ROLE.PlaceholderText: "#969ba3",
    _ROLE.Button: "#2f3338",
    _ROLE.ButtonText: "#e6e7e9",
    _ROLE.BrightText: "#ffffff",
    _ROLE.Highlight: "#5fb3cf",
    _ROLE.HighlightedText: "#10222a",
    _ROLE.ToolTipBase: "#3a3e44",
    _ROLE.ToolTipText: "#f1f2f3",
    _ROLE.Link: "#7cc4dc",
    _ROLE.Light: "#3a3e44",
    _ROLE.Midlight: "#34383d",
    _ROLE.Mid: "#3d4147",
    _ROLE.Dark: "#6a6f76",
    _ROLE.Shadow: "#000000",
}


def apply(app: QApplication) -> None:
    """Gives the application its style, and follows the system between light and dark."""
    app.setStyle("Fusion")  # one style everywhere: the style sheet and the delegate are drawn for it
    use_theme(app, Theme.SYSTEM)
    app.styleHints().colorSchemeChanged.connect(lambda _: _follow(app))
    app.setWindowIcon(QIcon(str(paths.resource("icons/imgsearch.svg"))))


def use_theme(app: QApplication, theme: Theme) -> None:
    """Draws every window light or dark from now on, or as the system does."""
    app.setProperty(_THEME, str(theme))
    # So that the system draws the windows' frames alike, where it can.
    app.styleHints().setColorScheme(_SCHEMES[theme])
    _follow(app)


def _follow(app: QApplication) -> None:
    scheme = _SCHEMES[Theme(app.property(_THEME))]
    if scheme is Qt.ColorScheme.Unknown:
        scheme = app.styleHints().colorScheme()
    dark = scheme is Qt.ColorScheme.Dark
    if app.property(_DARK_NOW) is not dark:  # to draw all windows anew takes half a second
        apply_palette(app, dark)


def apply_palette(app: QApplication, dark: bool) -> None:
    """Sets the light or the dark palette, and the style sheet that is drawn from it."""
    app.setProperty(_DARK_NOW, dark)
    palette = QPalette()
    for role, name in (_DARK if dark else _LIGHT).items():
        palette.setColor(role, QColor(name))
    for role in (_ROLE.Text, _ROLE.WindowText, _ROLE.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, palette.color(_ROLE.Dark))
    app.setPalette(palette)
    sheet = paths.resource("window.qss").read_text(encoding="utf-8")
    app.setStyleSheet(sheet.replace('url("icons', f'url("{paths.resource("icons").as_posix()}'))


def pad(box: QAbstractSpinBox) -> None:
    """Keeps a field's number off its edge, where the style sheet's padding does not reach."""
    box.lineEdit().setTextMargins(_PADDING, 0, 0, 0)


def icon(name: str, colour: QColor, side: int = 20) -> QIcon:
    """Returns an icon of ``resources/icons`` in a colour.

    Args:
        name: the file's name without ``.svg``.
        colour: what its ``currentColor`` becomes.
        side: its size in device-independent pixels.
    """
    return QIcon(pixmap(name, colour, side))


def pixmap(name: str, colour: QColor, side: int) -> QPixmap:
    """Returns the picture of `icon`, sharp on the screen with the most pixels."""
    source = paths.resource(f"icons/{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour.name()).encode()))
    ratio = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
    image = QImage(round(side * ratio), round(side * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(image.rect()))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return QPixmap.fromImage(image)
