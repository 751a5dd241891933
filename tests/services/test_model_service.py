"""The models' service, on real files: every request ends in a list, and in a sentence."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from imgsearch_gui.core.types.training import BUNDLED, Comparison, TrainedModel
from imgsearch_gui.errors import MatcherError
from imgsearch_gui.services.model_service import ModelService
from tests.models import model_file, rewritten, some_model, some_store

if TYPE_CHECKING:
    from pathlib import Path

COMPARISON = Comparison((), 60, 12, 0, 0, 0, 0, (), "It is better.", worse=False)


class Switch:
    """Takes what it is given, and notes the threads it came from."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.threads: set[str] = set()

    def use_model(self, model) -> None:
        label = model[1].label
        self.names.append("bundled" if label is None else label.name)
        self.threads.add(threading.current_thread().name)


class Heard:
    """A service, its engine, and what it said."""

    def __init__(self, qtbot, service: ModelService) -> None:
        self.qtbot, self.service, self.engine = qtbot, service, Switch()
        self.switched: list[str] = []
        self.errors: list[str] = []
        self.told: list[str] = []
        service.switched.connect(lambda model: self.switched.append(model.name))
        for failed in (service.failed, service.not_saved):
            failed.connect(lambda error: self.errors.append(str(error)))
        for told in (service.told, service.saved):
            told.connect(self.told.append)

    def after(self, act, *arguments, **options):
        """Asks for something, waits for its end, and returns the models by name."""
        ends: list[object] = []
        for signal in (self.service.told, self.service.saved, self.service.failed, self.service.not_saved):
            signal.connect(ends.append)
        with self.qtbot.waitSignal(self.service.listed, timeout=20_000):
            act(*arguments, **options)
        self.qtbot.waitUntil(lambda: bool(ends))
        return {model.name: model for model in self.service.models}


@pytest.fixture
def heard(qtbot, worker, tmp_path: Path) -> Heard:
    heard = Heard(qtbot, ModelService(some_store(tmp_path), worker))
    with qtbot.waitSignal(heard.service.listed, timeout=20_000):
        heard.service.use_engine(heard.engine)
    return heard


def trained(seed: int = 5) -> TrainedModel:
    return TrainedModel(some_model(seed), COMPARISON, "my ratings", 12.5)


def test_a_trained_model_is_kept_used_and_rolled_back(heard: Heard) -> None:
    service = heard.service
    assert not service.can_roll_back
    models = heard.after(service.keep, trained(), "mine", use=True)
    assert models["mine"].in_use
    assert models["mine"].data == "my ratings"
    assert service.can_roll_back
    models = heard.after(service.roll_back)
    assert models["Bundled model"].in_use
    models = heard.after(service.roll_back)
    assert models["mine"].in_use
    assert heard.engine.names == ["mine", "bundled", "mine"]
    assert heard.switched == ["mine", "Bundled model", "mine"]
    assert heard.engine.threads == {"imgsearch-test"}, "never the window's thread"
    assert heard.told == [
        "“mine” is kept, and searches use it now.",
        "Searches use “Bundled model” again.",
        "Searches use “mine” again.",
    ]


def test_a_model_can_be_kept_without_being_used(heard: Heard) -> None:
    models = heard.after(heard.service.keep, trained(), "mine", use=False)
    assert not models["mine"].in_use
    assert (heard.engine.names, heard.switched) == ([], [])
    heard.after(heard.service.use, models["mine"].id)
    assert heard.engine.names == ["mine"]


def test_deleting_the_model_in_use_switches_to_the_one_before(heard: Heard) -> None:
    heard.after(heard.service.keep, trained(5), "one", use=True)
    models = heard.after(heard.service.keep, trained(6), "two", use=True)
    models = heard.after(heard.service.delete, models["two"].id)
    assert models.keys() == {"Bundled model", "one"}
    assert models["one"].in_use
    assert heard.engine.names == ["one", "two", "one"]
    assert heard.told[-1] == "“two” was deleted; searches use “one” now."
    assert not heard.service.can_roll_back


def test_deleting_with_a_broken_one_before_it_takes_the_bundled_one(heard: Heard, tmp_path: Path) -> None:
    one = heard.after(heard.service.keep, trained(5), "one", use=True)["one"]
    two = heard.after(heard.service.keep, trained(6), "two", use=True)["two"]
    (tmp_path / "models" / f"{one.id}.safetensors").write_bytes(b"PK\x03\x04")
    models = heard.after(heard.service.delete, two.id)
    assert models["Bundled model"].in_use
    assert heard.engine.names[-1] == "bundled"


def test_a_broken_model_is_told_and_changes_nothing(heard: Heard, tmp_path: Path) -> None:
    models = heard.after(heard.service.keep, trained(), "mine", use=False)
    file = tmp_path / "models" / f"{models['mine'].id}.safetensors"
    rewritten(file, lambda tensors, _: tensors["score.line"].fill_(float("nan")))
    models = heard.after(heard.service.use, models["mine"].id)
    assert models["Bundled model"].in_use
    assert "are not all numbers" in heard.errors[0]
    assert (heard.engine.names, heard.switched) == ([], [])


def test_names_and_files(heard: Heard, tmp_path: Path) -> None:
    mine = heard.after(heard.service.keep, trained(), "mine", use=True)["mine"]
    models = heard.after(heard.service.rename, mine.id, "ours")
    assert models["ours"].in_use
    heard.after(heard.service.export, mine.id, tmp_path / "copy.safetensors")
    models = heard.after(heard.service.import_file, tmp_path / "copy.safetensors")
    assert len(heard.service.models) == 3
    heard.after(heard.service.import_file, tmp_path / "none")
    assert "cannot be read" in heard.errors[0]
    assert heard.switched == ["mine"]


@pytest.mark.parametrize("act", ["use", "delete"])
def test_what_another_program_deleted_is_told_or_gone(heard: Heard, tmp_path: Path, act: str) -> None:
    mine = heard.after(heard.service.keep, trained(), "mine", use=False)["mine"]
    (tmp_path / "models" / f"{mine.id}.safetensors").unlink()
    assert heard.after(getattr(heard.service, act), mine.id).keys() == {"Bundled model"}


def test_before_the_engine_is_there_nothing_is_switched(qtbot, worker, tmp_path: Path) -> None:
    heard = Heard(qtbot, ModelService(some_store(tmp_path), worker))
    models = heard.after(heard.service.keep, trained(), "mine", use=True)
    assert models["Bundled model"].in_use
    assert not models["mine"].fault, "it is kept all the same"
    assert "not ready yet" in heard.errors[0]


def test_a_start_with_a_broken_model_is_told(qtbot, worker, tmp_path: Path) -> None:
    before = some_store(tmp_path)
    before.use(before.keep(some_model(), "mine", ""))
    (tmp_path / "models" / f"{before.in_use}.safetensors").write_bytes(b"")
    store = some_store(tmp_path)
    store.load_in_use(lambda _: None)
    heard = Heard(qtbot, ModelService(store, worker))
    heard.after(heard.service.use_engine, heard.engine)
    assert "so searches use the bundled one" in heard.errors[0]


def test_a_refused_switch_leaves_the_old_one_in_use(qtbot, worker, tmp_path: Path) -> None:
    class Refusing:
        def use_model(self, model) -> None:
            raise MatcherError("This matcher was trained with other encoders.")

    heard = Heard(qtbot, ModelService(some_store(tmp_path), worker))
    heard.engine = Refusing()
    with qtbot.waitSignal(heard.service.listed, timeout=20_000):
        heard.service.use_engine(heard.engine)
    heard.after(heard.service.import_file, model_file(tmp_path / "other.safetensors", 7))
    (_, other) = heard.service.models
    models = heard.after(heard.service.use, other.id)
    assert models["Bundled model"].in_use
    assert some_store(tmp_path).in_use == BUNDLED
