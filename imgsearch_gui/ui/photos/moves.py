"""Where keys lead in a grid of photos."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView

Move = QAbstractItemView.CursorAction


def row_after(action: Move, row: int, count: int, columns: int, lines: int) -> int:
    """Returns the row that a key leads to.

    Args:
        action: what the key means.
        row: where one is, below ``count``.
        count: how many photos there are.
        columns: how many stand in a line.
        lines: how many lines a page has.
    """
    last, page = count - 1, columns * lines
    step = {
        Move.MoveLeft: -1,
        Move.MovePrevious: -1,
        Move.MoveRight: 1,
        Move.MoveNext: 1,
        Move.MoveUp: -columns,
        Move.MoveDown: columns,
        Move.MovePageUp: -page,
        Move.MovePageDown: page,
        Move.MoveHome: -row,
        Move.MoveEnd: last - row,
    }[action]
    first_line, last_line = row < columns, row // columns == last // columns
    if (action is Move.MoveUp and first_line) or (action is Move.MoveDown and last_line):
        step = 0
    return min(last, max(0, row + step))
