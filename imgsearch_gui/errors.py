"""The errors that ImgSearch expects.

Every message is one sentence that a person can act on; it names the file and the line where
there is one. Anything else that is raised is a bug and is shown with its traceback.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imgsearch_gui.sentences import located

if TYPE_CHECKING:
    from pathlib import Path


class ImgSearchError(Exception):
    """Base of all expected errors: ``str(error)`` is what the user reads."""


class DatasetError(ImgSearchError):
    """A dataset folder cannot be used as it is.

    Args:
        reason: what is wrong and, where it helps, what would be right.
        file: the file at fault, if there is one.
        line: its line, counted from 1.
    """

    def __init__(self, reason: str, file: Path | None = None, line: int | None = None) -> None:
        self.reason, self.file, self.line = reason, file, line
        super().__init__(reason if file is None else located(reason, file, line))


class PolicyError(ImgSearchError):
    """The content rule's file cannot be read or understood."""


class ImageError(ImgSearchError):
    """One image cannot be read; the message is the reason, without the path."""


class MissingImageError(ImageError):
    """The file of an image is not there."""


class EncoderError(ImgSearchError):
    """An encoder's weights are missing, damaged or of the wrong kind."""


class MatcherError(ImgSearchError):
    """A matcher file is damaged, of another encoder, or not a matcher at all."""


class TrainingError(ImgSearchError):
    """There is not enough, or not the right, data to train or evaluate on."""


class QueryError(ImgSearchError):
    """A query cannot be used for what is asked of it."""


class ExchangeError(ImgSearchError):
    """Ratings cannot be exported, imported or merged as asked."""


class TakeoutError(ImgSearchError):
    """Hits cannot be written where they are to go."""


class LibraryError(ImgSearchError):
    """The library file cannot be opened, read or written.

    Args:
        reason: what is wrong and, where it helps, what to do.
        rebuild: whether a way on is to set the file aside and to begin a new one.
    """

    def __init__(self, reason: str, *, rebuild: bool = False) -> None:
        self.rebuild = rebuild
        super().__init__(reason)


class SavedSearchError(ImgSearchError):
    """The saved searches cannot be read, or changed as asked."""
