"""A matcher file from a stranger is data: it is used, or refused in one sentence; nothing else happens."""

from __future__ import annotations

import io
import json
import os
import pickle
import zipfile
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from safetensors.torch import save

from imgsearch_gui.core.matching.checkpoint import load_matcher
from imgsearch_gui.core.matching.header import read_header
from imgsearch_gui.core.retrieval.search import FolderVectors
from imgsearch_gui.core.retrieval.vector_scan import VectorRows
from imgsearch_gui.errors import MatcherError
from tests.fakes import FakeTextEncoder
from tests.models import model_file, rewritten
from tests.privileges import ordinary_user

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.core.matching.matcher import Matcher


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return model_file(tmp_path / "m.safetensors")


def refused(file: Path, why: str = "") -> None:
    """Checks that a file is refused in one sentence that names it, by whoever lists and whoever loads."""
    with pytest.raises(MatcherError, match=why) as told:
        load_matcher(file)
    text = str(told.value)
    assert str(file) in text
    assert text.endswith(".")
    assert "\n" not in text
    assert len(text) < 500 + len(str(file))


def outer(file: Path) -> tuple[bytes, bytes]:
    """The header's bytes and all that follows."""
    data = file.read_bytes()
    end = 8 + int.from_bytes(data[:8], "little")
    return data[8:end], data[end:]


def with_header(file: Path, header: bytes, rest: bytes = b"") -> Path:
    file.write_bytes(len(header).to_bytes(8, "little") + header + rest)
    return file


class Bomb:
    def __reduce__(self):
        return (os.mkdir, ("pickled",))


def zip_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("archive/data.pkl", bytes(50_000_000))
    return packed.getvalue()


SIZE = 10 * 2**30
BYTES = {
    "nothing": lambda: b"",
    "wrong magic": lambda: b"GGUF" + bytes(100),
    "10 GB header": lambda: SIZE.to_bytes(8, "little") + b"{}",
    "header beyond the file": lambda: (1000).to_bytes(8, "little") + b'{"__metadata__":{',
    "deep lists": lambda: (200_000).to_bytes(8, "little") + b"[" * 200_000,
    "deep objects": lambda: (600_000).to_bytes(8, "little") + b'{"a":' * 120_000,
    "a number of ten thousand digits": lambda: (20_000).to_bytes(8, "little") + b"9" * 20_000,
    "no text": lambda: (4).to_bytes(8, "little") + b"\xff\xfe\xfd\xfc",
    "pickle": lambda: pickle.dumps(Bomb()),
    "zip bomb": zip_bomb,
}


@pytest.mark.parametrize("name", BYTES)
def test_what_is_no_matcher_is_refused(tmp_path: Path, monkeypatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "m.safetensors"
    file.write_bytes(BYTES[name]())
    refused(file, "is not a matcher")
    with pytest.raises(MatcherError, match="is not a matcher"):
        read_header(file)
    assert not (tmp_path / "pickled").exists()


def test_a_header_that_is_deeply_nested_within_its_text_is_refused(file: Path) -> None:
    text = json.dumps({"__metadata__": {"imgsearch": "[" * 200_000}}).encode()
    refused(with_header(file, text), "is not a matcher")


def test_what_is_said_twice_is_refused(file: Path) -> None:
    header, rest = outer(file)
    twice = header.replace(b'{\\"bands', b'{\\"version\\": 3, \\"bands', 1)
    assert twice != header
    refused(with_header(file, twice, rest), "says the same thing twice")
    name = b'"score.line":'
    one = header[header.index(name) : header.index(b"}", header.index(name)) + 1]
    refused(with_header(file, header.replace(one, one + b"," + one), rest), "is not a matcher")


SPOILED = {
    "scale of zero": (lambda t, h: t["score.images|scale"].zero_(), "scales"),
    "scale below zero": (lambda t, h: t["score.images|scale"].neg_(), "scales"),
    "scale that is no number": (lambda t, h: t["score.images|scale"].fill_(torch.nan), "not all numbers"),
    "scale that makes weights infinite": (lambda t, h: t["score.images|scale"].fill_(3e38), "scales"),
    "infinite weights": (lambda t, h: t["score.line"].fill_(torch.inf), "not all numbers"),
    "knots that stand still": (lambda t, h: t["score.knots"][0].zero_(), "calibration"),
    "wrong type": (lambda t, h: t.update({"score.line": t["score.line"].double()}), "shape or type"),
    "wrong shape": (lambda t, h: t.update({"score.line": t["score.line"][None]}), "shape or type"),
    "a dimension of nothing": (lambda t, h: t.update({"score.images": t["score.images"][:0]}), "shape"),
    "from the future": (lambda t, h: h.update(version=4), "newer version of ImgSearch"),
    "from a far future": (lambda t, h: h.update(version=10**30), "newer version of ImgSearch"),
    "of no version": (lambda t, h: h.update(version="3"), "another version of ImgSearch"),
    "too many hashes": (
        lambda t, h: t.update({"trained_on.heads": torch.zeros(2**20 + 1, 8, dtype=torch.uint8)}),
        "too long",
    ),
    "counts that are text": (lambda t, h: h.update(counts={"images": "12"}), "counts is out of range"),
    "counts below zero": (lambda t, h: h.update(counts={"images": -1}), "counts is out of range"),
    "counts that are huge": (lambda t, h: h.update(counts={"images": 10**400}), "counts is out of range"),
    "counts that are true": (lambda t, h: h.update(counts={"images": True}), "counts is out of range"),
    "figures that are lists": (lambda t, h: h.update(metrics={"rmse": [1]}), "figures are not all numbers"),
    "figures that are no numbers": (lambda t, h: h.update(metrics={"rmse": float("nan")}), "not all numbers"),
    "figures that are infinite": (lambda t, h: h.update(metrics={"rmse": float("inf")}), "not all numbers"),
    "figures that are huge": (lambda t, h: h.update(metrics={"rmse": 10**400}), "is not a matcher"),
    "settings that are huge": (lambda t, h: h.update(settings={"seed": 1e300}), "settings are out of range"),
    "a target that is a list": (lambda t, h: h.update(target=["a"]), "target is not a text"),
    "a label that is a list": (lambda t, h: h.update(kept=[]), "is not a matcher"),
    "a label without a date": (lambda t, h: h.update(kept={"name": "a", "data": ""}), "is not a matcher"),
    "a name that is a number": (lambda t, h: h.update(kept=label(name=3)), "name is not a text"),
    "a date that is none": (lambda t, h: h.update(kept=label(created="today")), "is not a matcher"),
    "a date without a zone": (lambda t, h: h.update(kept=label(created="2026-01-01T00:00:00")), "in UTC"),
    "a date before all": (lambda t, h: h.update(kept=label(created="0001-01-01T00:00:00+00:00")), "range"),
    "a name of a megabyte": (lambda t, h: h.update(kept=label(name="x" * 2**20)), "header is too long"),
}


def label(**changed: object) -> dict[str, object]:
    return {"name": "a", "created": "2026-01-01T00:00:00+00:00", "data": "b"} | changed


@pytest.mark.parametrize("name", SPOILED)
def test_a_spoiled_matcher_is_refused(file: Path, name: str) -> None:
    change, why = SPOILED[name]
    refused(rewritten(file, change), why)


def test_names_are_shown_as_one_short_line(file: Path) -> None:
    name = "\x1b[31mred\x00\n\u202eevil\u2066 <b>bold</b> " + "very " * 20_000
    rewritten(file, lambda t, h: h.update(kept=label(name=name, data="a\tb\r\nc")))
    shown = load_matcher(file)[1].label
    assert shown is not None
    assert shown.name.startswith("[31mred evil <b>bold</b> very very")
    assert len(shown.name) == 80
    assert shown.name.isprintable()
    assert shown.data == "a b c"


def test_a_file_that_was_cut_off_is_seen_without_its_weights(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(MatcherError, match="its length is not what it says"):
        read_header(file)


def test_what_is_no_file_is_refused_at_once(file: Path, tmp_path: Path) -> None:
    (tmp_path / "folder.safetensors").mkdir()
    refused(tmp_path / "folder.safetensors", "is not a file")
    (tmp_path / "loop.safetensors").symlink_to(tmp_path / "loop.safetensors")
    refused(tmp_path / "loop.safetensors", "cannot be read")
    (tmp_path / "nowhere.safetensors").symlink_to(tmp_path / "none")
    refused(tmp_path / "nowhere.safetensors", "cannot be read")
    (tmp_path / "link.safetensors").symlink_to(file)
    assert load_matcher(tmp_path / "link.safetensors")[1] == load_matcher(file)[1]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.safetensors")
    refused(tmp_path / "pipe.safetensors", "is not a file")
    (tmp_path / "link.safetensors").symlink_to(tmp_path / "pipe.safetensors")
    refused(tmp_path / "link.safetensors", "is not a file")


def test_a_file_that_may_not_be_read_is_refused(public_folder: Path) -> None:
    file = model_file(public_folder / "m.safetensors")
    file.chmod(0)
    with ordinary_user():
        refused(file, "cannot be read: Permission denied")


def highest_memory() -> int:
    """The most memory that this process ever had, in kilobytes."""
    resource = pytest.importorskip("resource", reason="there is no measure of memory here")
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def test_a_file_of_many_gigabytes_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "m.safetensors"
    with file.open("wb") as made:
        made.truncate(2**40)
    before = highest_memory()
    refused(file, "too large to be a matcher")
    assert highest_memory() - before < 50_000


def test_what_a_header_claims_takes_no_memory(file: Path) -> None:
    """A hundred bytes claim heads of many gigabytes."""

    def claim(_tensors, header) -> None:
        sizes = dict.fromkeys(("image_dim", "joint_dim", "image_hidden", "text_hidden", "rank"), 16384)
        header["config"].update(sizes)
        header["config"]["towers"] = [{"version": "a", "dim": 16384, "languages": []}] * 32
        header["sizes"] = dict.fromkeys(header["sizes"], 16384)

    before = highest_memory()
    refused(rewritten(file, claim), "is not a matcher")
    assert highest_memory() - before < 200_000


def use(matcher: Matcher) -> None:
    """Scores some images as a search does, and as an evaluation does."""
    images = matcher.images(np.random.default_rng(0).normal(size=(5, 6)).astype(np.float32))
    query = matcher.queries(["a red boat"], [FakeTextEncoder()])[0]
    scores = matcher.scores(images, query)
    assert ((scores >= 0) & (scores <= 1)).all()
    rounding = matcher.rounding()
    rows = VectorRows(rounding)
    rows.add(*rounding.codes(images))
    there = np.ones(len(images), np.bool_)
    FolderVectors(0, np.arange(len(images)), rows, there, np.arange(len(images), dtype=np.uint64)).latent(
        matcher.score.plan(query)
    )


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_file_is_used_or_refused(file: Path, seed: int) -> None:
    """Some thirty mutations a seed: bits, bytes, pieces and words of the header."""
    rng = np.random.default_rng(seed)
    whole = file.read_bytes()
    end = 8 + int.from_bytes(whole[:8], "little")
    refusals = 0
    for step in range(30):
        data = bytearray(whole)
        at = int(rng.integers(0, end if step % 3 else len(data)))
        match step % 5:
            case 0:
                data[at] ^= 1 << int(rng.integers(0, 8))
            case 1:
                data[at : at + 4] = rng.bytes(4)
            case 2:
                del data[at : at + int(rng.integers(1, 40))]
            case 3:
                data[at:at] = data[at : at + int(rng.integers(1, 40))]
            case 4:
                word = rng.choice([b"null", b"-1", b"1e999", b"[]", b"{}", b'"', b"NaN", b"99999999999"])
                data[at : at + len(word)] = word
        if step % 2:  # so that it is not always the length that is wrong
            data[:8] = max(0, end - 8 + len(data) - len(whole)).to_bytes(8, "little")
        file.write_bytes(data)
        try:
            matcher, _ = load_matcher(file)
            use(matcher)
        except MatcherError:
            refusals += 1
    assert refusals > 5, "some of this has to be seen"


@pytest.mark.parametrize("factor", [1e20, 3e37])
def test_weights_that_overflow_are_told_when_they_are_used(file: Path, factor: float) -> None:
    rewritten(file, lambda t, h: t["score.line"].fill_(factor))
    rewritten(file, lambda t, h: t["score.image_basis"].fill_(factor))
    matcher, _ = load_matcher(file)
    with pytest.raises(MatcherError, match="not to be trusted"):
        use(matcher)


def test_another_programs_file_is_refused_unlike_one_without_our_text(tmp_path: Path) -> None:
    file = tmp_path / "m.safetensors"
    for text in (None, {"imgsearch": "3"}, {"imgsearch": "null"}, {"format": "pt"}):
        file.write_bytes(save({"a": torch.zeros(1)}, text))
        refused(file, "it holds something else")
