"""The user's models: matchers that were trained or brought, kept as files, and which of them is in use.

Each is a matcher file under a name of the program's own making; what people call it stands in its header.
A small file beside them says which one is in use and which one was before. Every file is written whole, so
that neither a crash nor a second program can leave half of one; a program that finds a model gone says so.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import re
import secrets
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from imgsearch_gui import paths
from imgsearch_gui.core.types.training import BUNDLED, KeptModel
from imgsearch_gui.errors import MatcherError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from imgsearch_gui.core.matching.checkpoint import ModelInfo
    from imgsearch_gui.core.matching.config import MatcherConfig
    from imgsearch_gui.core.matching.header import Header, Label
    from imgsearch_gui.core.matching.matcher import Matcher

    Model = tuple[Matcher, ModelInfo]

_log = logging.getLogger(__name__)

BUNDLED_NAME = sentence("Bundled model")
_BUNDLED_DATA = "Flickr8k"
_UNNAMED, _UNREADABLE = sentence("Unnamed model"), sentence("Unreadable model")
_ENDING = ".safetensors"
_ID = re.compile(r"[0-9a-f]{16}")
_CHOSEN = "in_use.json"
_MAX_CHOSEN = 1000  # bytes


class ModelStore:
    """The models that can be used for searching. One thread at a time may change them.

    Its heavy imports wait for the first call.

    Args:
        folder: of the kept ones; created when one is kept.
        bundled: the file of the model that comes with the program.
        named: a matcher file that this run of the program uses, whatever is chosen.

    Attributes:
        named: as given; nothing once another model is used.
        fault: why the bundled one was loaded in place of the one in use, if so.
    """

    def __init__(self, folder: Path, bundled: Path, named: Path | None = None) -> None:
        self._folder, self._bundled, self.named = folder, bundled, named
        self.fault: MatcherError | None = None
        self._chosen: tuple[str, str] | None = None

    @property
    def in_use(self) -> str:
        """The id of the model that this program uses; empty for a file that is none of these."""
        return "" if self.named is not None else self._choice()[0]

    @property
    def before(self) -> str:
        """The id of the model that was used before, if it is still there, else empty."""
        before = self._choice()[1]
        return before if before and before != self.in_use and self._is_there(before) else ""

    def models(self) -> tuple[KeptModel, ...]:
        """Lists the bundled model, then the kept ones, the latest first; reads no weights."""
        bundled = self.describe(BUNDLED)
        wanted = None if bundled.fault else self._config(BUNDLED)
        try:
            names = [file.stem for file in self._folder.iterdir() if file.suffix == _ENDING]
        except OSError:  # nothing was ever kept
            names = []
        kept = [self.describe(name, wanted) for name in sorted(names) if _ID.fullmatch(name)]
        kept.sort(key=lambda model: model.created.timestamp() if model.created else 0, reverse=True)
        return bundled, *kept

    def keep(self, model: Model, name: str, data: str) -> str:
        """Keeps a trained model.

        Args:
            model: the matcher, and what its file shall say of it.
            name: any text; one line of it is kept.
            data: where it was trained, in a few words.

        Returns:
            Its id.

        Raises:
            MatcherError: it cannot be written.
        """
        from imgsearch_gui.core.matching.header import Label, one_line, words

        model_id = secrets.token_hex(8)
        label = Label(one_line(name) or _UNNAMED, datetime.now(UTC), words(data))
        self._write(model_id, model, label)
        return model_id

    def load(self, model_id: str) -> Model:
        """Reads a model.

        Raises:
            MatcherError: it is not there, cannot be used, or was trained with other encoders.
        """
        from imgsearch_gui.core.matching.checkpoint import load_matcher

        model = load_matcher(self._file(model_id))
        if model_id != BUNDLED and (reason := _misfit(model[0].config, self._config(BUNDLED))):
            raise MatcherError(reason)
        return model

    def load_in_use(self, check: Callable[[Matcher], None]) -> Model:
        """Reads the model that is in use, or the bundled one where that fails; `fault` says why.

        Args:
            check: raises MatcherError for a matcher that does not go with the encoders.

        Raises:
            MatcherError: the bundled one, or the one that this run was given, cannot be used.
        """
        wanted = self.in_use
        try:
            if self.named is None:
                self._need(wanted)
            return self._checked(self.named or self._file(wanted), check)
        except MatcherError as error:
            if wanted in ("", BUNDLED):
                raise
            known = self.describe(wanted).name
            self.fault = MatcherError(
                sentence(
                    "The model that was in use cannot be used, so searches use the bundled one. {reason}",
                    reason=error.args[0],
                )
                if known == _UNREADABLE
                else sentence(
                    "The model “{name}” cannot be used, so searches use the bundled one. {reason}",
                    name=known,
                    reason=error.args[0],
                )
            )
        self._chosen = BUNDLED, wanted  # in this run: it may be mended for the next
        return self._checked(self._bundled, check)

    def _checked(self, file: Path, check: Callable[[Matcher], None]) -> Model:
        from imgsearch_gui.core.matching.checkpoint import load_matcher

        model = load_matcher(file)
        check(model[0])
        return model

    def use(self, model_id: str) -> None:
        """Notes that a model is used from now on.

        Raises:
            MatcherError: there is none of this id, or it cannot be noted.
        """
        self._need(model_id)
        now, before = self._choice()
        self.named = None
        self._choose(model_id, now if now != model_id else before)

    def rename(self, model_id: str, name: str) -> None:
        """Gives a kept model another name: any text; one line of it is kept.

        Raises:
            MatcherError: it is the bundled one, or cannot be read or written.
        """
        from imgsearch_gui.core.matching.checkpoint import load_matcher
        from imgsearch_gui.core.matching.header import Label, one_line

        if model_id == BUNDLED:
            raise MatcherError(sentence("The bundled model cannot be renamed."))
        model = load_matcher(self._file(model_id))
        old = model[1].label
        created, data = (old.created, old.data) if old is not None else (datetime.now(UTC), "")
        self._write(model_id, model, Label(one_line(name) or _UNNAMED, created, data))

    def export(self, model_id: str, file: Path) -> None:
        """Copies a model to a file, whole or not at all.

        Raises:
            MatcherError: it cannot be read or used, or the file cannot be written.
        """
        from imgsearch_gui.core.matching.checkpoint import load_matcher

        source = self._file(model_id)
        load_matcher(source)  # nobody shall be given a file that cannot be used
        if paths.real_path(file).parent == paths.real_path(self._folder):
            raise MatcherError(
                sentence("The program's own folder of models is not for this: choose another folder.")
            )
        try:
            paths.write_whole(file, source.read_bytes())
        except OSError as error:
            raise MatcherError(
                sentence("The model cannot be written to {file}: {reason}.", file=file, reason=error.strerror)
            ) from error

    def add(self, file: Path) -> str:
        """Keeps a copy of a matcher file from elsewhere.

        Returns:
            Its id.

        Raises:
            MatcherError: it is no matcher, does not go with the program's encoders, or cannot be kept.
        """
        from imgsearch_gui.core.matching.checkpoint import load_matcher

        model = load_matcher(file)
        if reason := _misfit(model[0].config, self._config(BUNDLED)):
            raise MatcherError(sentence("{file} cannot be used here: {reason}", file=file, reason=reason))
        label = model[1].label
        name, data = (label.name, label.data) if label is not None else (file.stem, "")
        return self.keep(model, name, data)

    def delete(self, model_id: str) -> None:
        """Deletes a kept model; if it was in use, the one before it is from now on, or the bundled one.

        Raises:
            MatcherError: it is the bundled one, or cannot be deleted.
        """
        if model_id == BUNDLED:
            raise MatcherError(sentence("The bundled model cannot be deleted."))
        file = self._file(model_id)
        before = self.before
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            raise MatcherError(
                sentence("The model cannot be deleted: {file}: {reason}.", file=file, reason=error.strerror)
            ) from error
        now, earlier = self._choice()
        if now == model_id:
            self._choose(before or BUNDLED, "")
        elif earlier == model_id:
            self._choose(now, "")

    def describe(self, model_id: str, wanted: MatcherConfig | None = None) -> KeptModel:
        """Returns what a model's header says of it.

        Args:
            model_id: the model.
            wanted: a configuration whose encoders it has to share, if any.
        """
        from imgsearch_gui.core.matching.header import read_header

        in_use = model_id == self.in_use
        bundled = model_id == BUNDLED
        try:
            header: Header = read_header(self._file(model_id))
        except MatcherError as error:
            unread = BUNDLED_NAME if bundled else _UNREADABLE
            return KeptModel(model_id, unread, None, "", in_use=in_use, fault=error.args[0])
        label = header.label
        name, created, data = (
            (label.name or _UNNAMED, label.created, label.data) if label is not None else (_UNNAMED, None, "")
        )
        if bundled:
            name, created, data = BUNDLED_NAME, None, _BUNDLED_DATA
        fault = "" if wanted is None else _misfit(header.config, wanted)
        return KeptModel(model_id, name, created, data, header.counts, header.metrics, in_use, fault)

    def _config(self, model_id: str) -> MatcherConfig:
        from imgsearch_gui.core.matching.header import read_header

        return read_header(self._file(model_id)).config

    def _file(self, model_id: str) -> Path:
        if model_id == BUNDLED:
            return self._bundled
        if not _ID.fullmatch(model_id):  # it may come from the command line, or from a file
            raise MatcherError(sentence("There is no model “{model_id}”.", model_id=model_id))
        return self._folder / f"{model_id}{_ENDING}"

    def _is_there(self, model_id: str) -> bool:
        return self._file(model_id).exists()

    def _need(self, model_id: str) -> None:
        if not self._is_there(model_id):
            raise MatcherError(sentence("It is no longer there; another ImgSearch may have deleted it."))

    def _write(self, model_id: str, model: Model, label: Label) -> None:
        from imgsearch_gui.core.matching.checkpoint import save_matcher

        matcher, info = model
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise MatcherError(
                sentence(
                    "The folder of models {folder} cannot be made: {reason}.",
                    folder=self._folder,
                    reason=error.strerror,
                )
            ) from error
        save_matcher(self._file(model_id), matcher, dataclasses.replace(info, label=label))

    def _choice(self) -> tuple[str, str]:
        """Which model is in use, and which one was before; read once, for other programs have their own."""
        if self._chosen is None:
            self._chosen = BUNDLED, ""
            # Without the file none was ever chosen.
            with suppress(OSError):
                self._chosen = _choice_of(paths.read_small(self._folder / _CHOSEN, _MAX_CHOSEN))
        return self._chosen

    def _choose(self, now: str, before: str) -> None:
        self._chosen = now, before  # for this program, even if it cannot be noted
        text = json.dumps({"in_use": now, "before": before})
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            paths.write_whole(self._folder / _CHOSEN, text.encode())
        except OSError as error:
            raise MatcherError(
                sentence(
                    "The model is used until you quit; it cannot be noted in {folder}: {reason}.",
                    folder=self._folder,
                    reason=error.strerror,
                )
            ) from error


def _choice_of(data: bytes) -> tuple[str, str]:
    """Reads which model is in use and which was before; a damaged file says the bundled one."""
    try:
        given = json.loads(data)
        now, before = str(given["in_use"]), str(given["before"])
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        _log.warning("the note of which model is in use is damaged (%s); it is the bundled one", error)
        return BUNDLED, ""
    known = [one if one == BUNDLED or _ID.fullmatch(one) else "" for one in (now, before)]
    return known[0] or BUNDLED, known[1]


def _misfit(config: MatcherConfig, wanted: MatcherConfig) -> str:
    """Returns one sentence when a model was trained with other encoders than the bundled one, or nothing."""
    given, right = (
        (one.image_encoder, one.image_dim, one.classes, *((t.version, t.dim) for t in one.towers))
        for one in (config, wanted)
    )
    if given == right:
        return ""
    names = ", ".join([config.image_encoder, *(tower.version for tower in config.towers)])
    return sentence("it was trained with other encoders ({names}) than this program uses.", names=names[:200])
