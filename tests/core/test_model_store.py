"""Kept models: nothing is lost, half of a file is never seen, and a broken one can be deleted."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from imgsearch_gui import paths
from imgsearch_gui.core.matching.checkpoint import load_matcher
from imgsearch_gui.core.matching.model_store import ModelStore
from imgsearch_gui.core.types.training import BUNDLED
from imgsearch_gui.errors import MatcherError
from tests.models import INFO, model_file, rewritten, some_model, some_store
from tests.privileges import ordinary_user


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    return some_store(tmp_path)


def kept_file(store: ModelStore, model_id: str) -> Path:
    return store._file(model_id)


def anything(_matcher: object) -> None:
    """Takes every matcher."""


def test_the_bundled_model_is_there_and_in_use_from_the_start(store, tmp_path: Path) -> None:
    (bundled,) = store.models()
    assert (bundled.id, bundled.in_use, bundled.fault) == (BUNDLED, True, "")
    assert dict(bundled.counts) == INFO.counts
    assert store.before == ""
    assert not (tmp_path / "models").exists(), "to look at it writes nothing"


def test_a_kept_model_is_listed_with_all_that_is_known_of_it(store) -> None:
    before = datetime.now(UTC)
    model = some_model(5)
    kept = store.keep(model, "  Holiday\nphotos ", "my ratings")
    (_, listed) = store.models()
    assert (listed.id, listed.name, listed.data) == (kept, "Holiday photos", "my ratings")
    assert (dict(listed.counts), dict(listed.metrics)) == (INFO.counts, INFO.metrics)
    assert timedelta(0) <= listed.created - before < timedelta(minutes=5)
    assert (listed.in_use, listed.fault) == (False, "")
    vectors = np.random.default_rng(0).normal(size=(4, 6)).astype(np.float32)
    np.testing.assert_allclose(store.load(kept)[0].images(vectors), model[0].images(vectors), atol=0.05)


def test_the_latest_is_listed_first(store) -> None:
    ids = [store.keep(some_model(), str(n), "") for n in range(4)]
    assert [model.id for model in store.models()] == [BUNDLED, *reversed(ids)]


def test_figures_that_are_not_defined_are_left_out(store) -> None:
    matcher, info = some_model()
    info.metrics["kendall"] = float("nan")
    try:
        store.keep((matcher, info), "a", "")
    finally:
        del info.metrics["kendall"]
    assert dict(store.models()[1].metrics) == INFO.metrics


@pytest.mark.parametrize(
    "name", ["", " \n\x00", "../../etc/passwd", "x" * 10_000_000, "собака 🐕", "a\udcffb"]
)
def test_any_text_is_a_name(store, tmp_path: Path, name: str) -> None:
    kept = store.keep(some_model(), name, name)
    store.rename(kept, name)
    (_, listed) = store.models()
    assert listed.name.isprintable()
    assert 0 < len(listed.name) <= 80
    assert listed.name.encode()
    assert [path.name for path in (tmp_path / "models").iterdir()] == [f"{kept}.safetensors"]


def test_switching_and_rolling_back_are_remembered(store, tmp_path: Path) -> None:
    one, two = (store.keep(some_model(seed), str(seed), "") for seed in (5, 6))
    store.use(one)
    store.use(two)
    assert (store.in_use, store.before) == (two, one)
    store.use(two)
    assert store.before == one, "to use it once more changes nothing"
    again = some_store(tmp_path)
    assert (again.in_use, again.before) == (two, one)
    assert [model.in_use for model in again.models()] == [False, True, False]
    again.use(again.before)
    assert (again.in_use, again.before) == (one, two)


def test_a_name_is_changed_and_nothing_else(store) -> None:
    kept = store.keep(some_model(), "old", "my ratings")
    before = kept_file(store, kept).read_bytes()
    store.rename(kept, "a new name")
    (_, listed) = store.models()
    assert (listed.name, listed.data) == ("a new name", "my ratings")
    store.rename(kept, "old")
    assert kept_file(store, kept).read_bytes() == before


def test_what_was_exported_can_be_brought_back(store, tmp_path: Path) -> None:
    kept = store.keep(some_model(5), "mine", "my ratings")
    store.export(kept, tmp_path / "copy.safetensors")
    assert (tmp_path / "copy.safetensors").read_bytes() == kept_file(store, kept).read_bytes()
    store.delete(kept)
    added = store.add(tmp_path / "copy.safetensors")
    assert added != kept
    (_, listed) = store.models()
    assert (listed.id, listed.name, listed.data) == (added, "mine", "my ratings")


def test_a_file_without_a_name_gets_that_of_its_file(store, tmp_path: Path) -> None:
    store.add(model_file(tmp_path / "from a friend.safetensors", 5))
    assert store.models()[1].name == "from a friend"


def test_only_what_can_be_used_is_added_and_exported(store, tmp_path: Path) -> None:
    (tmp_path / "other.safetensors").write_bytes(b"PK\x03\x04")
    with pytest.raises(MatcherError, match=r"other\.safetensors is not a matcher"):
        store.add(tmp_path / "other.safetensors")
    strange = model_file(tmp_path / "strange.safetensors", image_encoder="clip")
    with pytest.raises(MatcherError, match=r"strange\.safetensors cannot be used here: .*\(clip, words-1\)"):
        store.add(strange)
    kept = store.keep(some_model(), "a", "")
    rewritten(kept_file(store, kept), lambda tensors, _: tensors["score.line"].fill_(float("nan")))
    with pytest.raises(MatcherError, match="not all numbers"):
        store.export(kept, tmp_path / "copy.safetensors")
    assert not (tmp_path / "copy.safetensors").exists()
    assert len(store.models()) == 2


def test_an_export_does_not_overwrite_the_programs_own_files(store, tmp_path: Path) -> None:
    one, two = (store.keep(some_model(seed), str(seed), "") for seed in (5, 6))
    before = kept_file(store, two).read_bytes()
    (tmp_path / "link").symlink_to(tmp_path / "models")
    with pytest.raises(MatcherError, match="choose another folder"):
        store.export(one, tmp_path / "link" / f"{two}.safetensors")
    assert kept_file(store, two).read_bytes() == before
    with pytest.raises(MatcherError, match="cannot be written"):
        store.export(one, tmp_path / "no" / "such" / "folder")


def test_the_bundled_model_stays_as_it_is(store) -> None:
    with pytest.raises(MatcherError, match="cannot be deleted"):
        store.delete(BUNDLED)
    with pytest.raises(MatcherError, match="cannot be renamed"):
        store.rename(BUNDLED, "mine")


@pytest.mark.parametrize("model_id", ["", "../bundled", "zzz", "0" * 16, "0" * 15 + "\n"])
def test_an_id_that_is_none_is_told(store, tmp_path: Path, model_id: str) -> None:
    for act in (
        store.use,
        store.load,
        lambda i: store.rename(i, "a"),
        lambda i: store.export(i, tmp_path / "f"),
    ):
        with pytest.raises(MatcherError):
            act(model_id)
    assert (tmp_path / "bundled.safetensors").exists()


def test_deleting_the_one_in_use_goes_back(store) -> None:
    one, two = (store.keep(some_model(seed), str(seed), "") for seed in (5, 6))
    store.use(one)
    store.use(two)
    store.delete(two)
    assert (store.in_use, store.before) == (one, "")
    store.delete(one)
    assert (store.in_use, store.before) == (BUNDLED, "")
    assert len(store.models()) == 1


def test_deleting_the_one_before_leaves_none_to_roll_back_to(store) -> None:
    kept = store.keep(some_model(), "a", "")
    store.use(kept)
    store.use(BUNDLED)
    store.delete(kept)
    assert (store.in_use, store.before) == (BUNDLED, "")


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"[]", b"[" * 900, b'{"in_use": 3}', b'{"in_use": "../x", "before": "y"}']
)
def test_a_damaged_note_of_what_is_in_use_means_the_bundled_one(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "in_use.json").write_bytes(data)
    store = some_store(tmp_path)
    assert (store.in_use, store.before) == (BUNDLED, "")
    kept = store.keep(some_model(), "a", "")
    store.use(kept)
    assert some_store(tmp_path).in_use == kept


def test_broken_files_are_listed_with_a_reason_and_can_be_deleted(store, tmp_path: Path) -> None:
    good, short, foreign, other = (store.keep(some_model(), name, "") for name in "abcd")
    kept_file(store, short).write_bytes(kept_file(store, short).read_bytes()[:-9])
    kept_file(store, foreign).write_bytes(b"PK\x03\x04")
    model_file(kept_file(store, other), image_encoder="clip")
    (tmp_path / "models" / "notes.txt").write_text("not a model")
    (tmp_path / "models" / "mine.safetensors").write_bytes(b"not named by the program")
    faults = {model.id: model.fault for model in store.models()}
    assert faults.keys() == {BUNDLED, good, short, foreign, other}
    assert faults[good] == ""
    assert "its length is not what it says." in faults[short]
    assert "is not a matcher" in faults[foreign]
    assert "trained with other encoders (clip, words-1)" in faults[other]
    for model_id in (short, foreign, other):
        store.delete(model_id)
    assert [model.fault for model in store.models()] == ["", ""]


def test_a_start_takes_the_model_in_use(tmp_path: Path) -> None:
    store = some_store(tmp_path)
    kept = store.keep(some_model(5), "mine", "")
    store.use(kept)
    again = some_store(tmp_path)
    assert again.load_in_use(anything)[1].label.name == "mine"
    assert again.fault is None


def break_file(file: Path) -> None:
    file.write_bytes(b"PK\x03\x04")


def spoil_weights(file: Path) -> None:
    rewritten(file, lambda tensors, _: tensors["score.line"].fill_(float("nan")))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (break_file, "The model that was in use cannot be used, so searches use the bundled one. "),
        (spoil_weights, "The model “mine” cannot be used, so searches use the bundled one. "),
        (Path.unlink, "no longer there"),
    ],
)
def test_a_start_with_a_broken_model_takes_the_bundled_one(tmp_path: Path, damage, said: str) -> None:
    store = some_store(tmp_path)
    kept = store.keep(some_model(5), "mine", "")
    store.use(kept)
    damage(kept_file(store, kept))
    again = some_store(tmp_path)
    assert again.load_in_use(anything)[1].label is None
    assert said in str(again.fault)
    assert again.in_use == BUNDLED
    assert again.models()[0].in_use
    assert some_store(tmp_path).in_use == kept, "it may be mended for the next start"


def test_a_start_with_a_model_of_other_encoders_takes_the_bundled_one(tmp_path: Path) -> None:
    def check(matcher) -> None:
        if matcher.config.image_encoder != "fake-1":
            raise MatcherError("This matcher was trained with other encoders.")

    store = some_store(tmp_path)
    kept = store.keep(some_model(5, "clip"), "mine", "")
    store.use(kept)
    again = some_store(tmp_path)
    assert again.load_in_use(check)[0].config.image_encoder == "fake-1"
    assert "“mine” cannot be used" in str(again.fault)
    with pytest.raises(MatcherError, match="other encoders"):
        again.load(kept)


def test_a_named_file_wins_for_one_run(tmp_path: Path) -> None:
    some_store(tmp_path).use(some_store(tmp_path).keep(some_model(5), "mine", ""))
    named = model_file(tmp_path / "named.safetensors", 6)
    store = some_store(tmp_path, named=named)
    assert store.load_in_use(anything)[1] == load_matcher(named)[1]
    assert store.in_use == ""
    assert not any(model.in_use for model in store.models())
    assert some_store(tmp_path).in_use not in ("", BUNDLED)
    store.use(BUNDLED)
    assert store.in_use == BUNDLED
    broken = some_store(tmp_path, named=tmp_path / "none")
    with pytest.raises(MatcherError, match="cannot be read"):
        broken.load_in_use(anything)


def test_two_programs_keep_their_own_model_in_use(tmp_path: Path) -> None:
    one, two = some_store(tmp_path), some_store(tmp_path)
    mine = one.keep(some_model(5), "mine", "")
    one.use(mine)
    assert (two.in_use, one.in_use) == (mine, mine)
    theirs = two.keep(some_model(6), "theirs", "")
    two.use(theirs)
    assert (one.in_use, two.in_use) == (mine, theirs)
    assert {model.id for model in one.models()} == {BUNDLED, mine, theirs}
    two.delete(mine)
    assert one.in_use == mine, "it goes on with what it has in memory"
    assert {model.id for model in one.models()} == {BUNDLED, theirs}
    one.use(theirs)
    assert (one.in_use, one.before) == (theirs, "")


def test_many_programs_at_once_see_whole_files_only(tmp_path: Path) -> None:
    some_store(tmp_path).keep(some_model(), "first", "")
    faults: list[str] = []
    start = threading.Barrier(4)

    def work(number: int) -> None:
        store = some_store(tmp_path)
        start.wait()
        for step in range(5):
            kept = store.keep(some_model(), f"{number}.{step}", "")
            store.use(kept)
            faults.extend(model.fault for model in store.models() if model.fault)
            store.rename(kept, "renamed")
            if step % 2:
                store.delete(kept)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [fault for fault in faults if "No such file" not in fault] == []  # deleted by another meanwhile
    models = some_store(tmp_path).models()
    assert [model.fault for model in models] == [""] * len(models)
    assert len(models) == 2 + 4 * 3
    left = {path.suffix for path in (tmp_path / "models").iterdir()}
    assert left == {".safetensors", ".json"}
    assert json.loads((tmp_path / "models" / "in_use.json").read_text()).keys() == {"in_use", "before"}


def test_a_folder_that_cannot_be_written_is_told_and_loses_nothing(public_folder: Path) -> None:
    store = some_store(public_folder)
    kept = store.keep(some_model(), "a", "")
    folder = public_folder / "models"
    folder.chmod(0o555)
    try:
        with ordinary_user():
            for act in (
                lambda: store.keep(some_model(), "b", ""),
                lambda: store.rename(kept, "b"),
                lambda: store.delete(kept),
                lambda: store.use(kept),
            ):
                with pytest.raises(MatcherError, match="Permission denied"):
                    act()
    finally:
        folder.chmod(0o755)
    assert store.in_use == kept, "for as long as the program runs"
    assert [model.name for model in store.models()] == ["Bundled model", "a"]


def test_the_files_that_come_with_the_program_are_read_as_they_are() -> None:
    if not paths.bundled_model().is_file():
        pytest.skip("there is no trained matcher in models/")
    (bundled,) = ModelStore(Path("nowhere"), paths.bundled_model()).models()
    assert bundled.fault == ""
    assert bundled.counts["judged_pairs"] > 1000
    assert 0 < bundled.metrics["rmse_out_of_fold"] < 0.3
