"""The user's models off the GUI thread: listing, keeping, switching, and all that touches their files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot

from imgsearch_gui.core.types.training import BUNDLED
from imgsearch_gui.errors import MatcherError
from imgsearch_gui.sentences import sentence
from imgsearch_gui.services.language import told, tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from imgsearch_gui.core.matching.model_store import Model, ModelStore
    from imgsearch_gui.core.types.training import KeptModel, TrainedModel
    from imgsearch_gui.services.jobs import Worker


class SwitchingEngine(Protocol):
    """An engine whose matcher can be replaced while it answers."""

    def use_model(self, model: Model) -> None:
        """Searches by another matcher from the next query on."""
        ...


@dataclass(frozen=True, slots=True)
class _Done:
    """What a piece of work left.

    Attributes:
        models: all of them.
        can_roll_back: whether there is one that was used before.
        told: a sentence of success.
        switched: the one that is in use now, if that is another than before.
        error: why the work could not be done.
    """

    models: tuple[KeptModel, ...]
    can_roll_back: bool
    told: str = ""
    switched: KeptModel | None = None
    error: Exception | None = None


class ModelService(QObject):
    """Does with the user's models what the window asks for, one after the other.

    Signals:
        listed(object): all models, a tuple of `KeptModel`, after every request.
        switched(object): the `KeptModel` that searches use from now on.
        failed(object): the exception that ended a request.
        saved(str): the sentence for a model that was kept.
        not_saved(object): the exception that kept one from being kept.
        told(str): a sentence of what was done.
    """

    listed = Signal(object)
    switched = Signal(object)
    failed = Signal(object)
    told = Signal(str)
    saved = Signal(str)
    not_saved = Signal(object)

    def __init__(self, store: ModelStore, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store, self._worker = store, worker
        self._engine: SwitchingEngine | None = None
        self._models: tuple[KeptModel, ...] = ()
        self._can_roll_back = False

    @property
    def can_roll_back(self) -> bool:
        """Whether there is a model that was used before, as last listed."""
        return self._can_roll_back

    @property
    def models(self) -> tuple[KeptModel, ...]:
        """All models, as last listed."""
        return self._models

    @Slot(object)
    def use_engine(self, engine: SwitchingEngine) -> None:
        """Takes the engine, lists the models, and says if the one in use could not be loaded."""
        self._engine = engine

        def work(store: ModelStore) -> str:
            if store.fault is not None:
                raise store.fault
            return ""

        self._do(work)

    @Slot()
    def refresh(self) -> None:
        """Lists the models."""
        self._do(_nothing)

    def keep(self, trained: TrainedModel, name: str, *, use: bool) -> None:
        """Keeps a trained model under a name, any text, and uses it if wanted."""

        def work(store: ModelStore) -> str:
            model_id = store.keep(cast("Model", trained.model), name, told(trained.data))
            kept = store.describe(model_id).name
            if not use:
                return tr("“{name}” is kept.").format(name=kept)
            self._switch(model_id)
            return tr("“{name}” is kept, and searches use it now.").format(name=kept)

        self._do(work, self.saved, self.not_saved)

    def use(self, model_id: str) -> None:
        """Searches by this model from now on."""

        def work(store: ModelStore) -> str:
            self._switch(model_id)
            name = told(store.describe(model_id).name)
            return tr("Searches use “{name}” now.").format(name=name)

        self._do(work)

    @Slot()
    def roll_back(self) -> None:
        """Searches by the model that was used before; once more, and it is as it was."""

        def work(store: ModelStore) -> str:
            if not store.before:
                raise MatcherError(sentence("There is no model that was used before."))
            self._switch(store.before)
            name = told(store.describe(store.in_use).name)
            return tr("Searches use “{name}” again.").format(name=name)

        self._do(work)

    def rename(self, model_id: str, name: str) -> None:
        """Gives a model another name, any text."""

        def work(store: ModelStore) -> str:
            store.rename(model_id, name)
            return tr("The model is called “{name}” now.").format(name=store.describe(model_id).name)

        self._do(work)

    def export(self, model_id: str, file: Path) -> None:
        """Copies a model to a file."""

        def work(store: ModelStore) -> str:
            store.export(model_id, file)
            name = told(store.describe(model_id).name)
            return tr("“{name}” was copied to {file}.").format(name=name, file=file)

        self._do(work)

    def import_file(self, file: Path) -> None:
        """Keeps a copy of a matcher file."""

        def work(store: ModelStore) -> str:
            name = store.describe(store.add(file)).name
            return tr("“{name}” was added to your models.").format(name=name)

        self._do(work)

    def delete(self, model_id: str) -> None:
        """Deletes a model; if it is in use, the one before it is used from now on, or the bundled one."""

        def work(store: ModelStore) -> str:
            name = store.describe(model_id).name
            used = store.in_use == model_id
            store.delete(model_id)
            if not used:
                return tr("“{name}” was deleted.").format(name=name)
            try:
                self._switch(store.in_use)
            except MatcherError:
                self._switch(BUNDLED)
            other = told(store.describe(store.in_use).name)
            return tr("“{name}” was deleted; searches use “{other}” now.").format(name=name, other=other)

        self._do(work)

    def _switch(self, model_id: str) -> None:
        """Loads a model and gives it to the engine; on the worker's thread."""
        if self._engine is None:
            raise MatcherError(sentence("The search engine is not ready yet; please try again in a moment."))
        model = self._store.load(model_id)
        self._engine.use_model(model)
        self._store.use(model_id)

    def _do(
        self,
        work: Callable[[ModelStore], str],
        told: SignalInstance | None = None,
        failed: SignalInstance | None = None,
    ) -> None:
        job = self._worker.submit(partial(_done, self._store, work))
        job.succeeded.connect(partial(self._succeeded, told or self.told, failed or self.failed))
        job.failed.connect(failed or self.failed)

    def _succeeded(self, told: SignalInstance, failed: SignalInstance, done: _Done) -> None:
        self._models, self._can_roll_back = done.models, done.can_roll_back
        self.listed.emit(done.models)
        if done.switched is not None:
            self.switched.emit(done.switched)
        if done.told:
            told.emit(done.told)
        if done.error is not None:
            failed.emit(done.error)


def _nothing(_store: ModelStore) -> str:
    return ""


def _done(store: ModelStore, work: Callable[[ModelStore], str]) -> _Done:
    """Does a piece of work, and lists the models whatever came of it."""
    told, failure, before = "", None, store.in_use
    try:
        told = work(store)
    except Exception as error:  # noqa: BLE001 - it crosses the thread as an object and is shown
        failure = error
    switched = None if store.in_use == before else store.describe(store.in_use)
    return _Done(store.models(), bool(store.before), told, switched, failure)
