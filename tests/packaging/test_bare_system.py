"""The program in a system that has nothing but X libraries: no Python, no network, no right to write to it.

What holds about sockets: nothing that ran in these tests, children included, asked for any but a local one.
"""

from __future__ import annotations

import contextlib
import csv
import json
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from tests.packaging import bare_system
from tests.packaging.bare_system import BareSystem, until
from tests.synthetic import write_dataset, write_image

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [
    pytest.mark.packaging,
    pytest.mark.timeout(1800),  # the first test may wait for the build and for debootstrap
    pytest.mark.skipif(bool(bare_system.why_not()), reason=bare_system.why_not()),
]

_PROGRAM = Path("/opt/ImgSearch/ImgSearch")
_A_WHILE = 30.0  # seconds


@pytest.fixture
def bare(bundle: Path, tmp_path: Path) -> Iterator[BareSystem]:
    system = BareSystem(bundle, tmp_path)
    try:
        with system.screen():
            yield system
    finally:
        system.close()


def first_photo(bare: BareSystem) -> str:
    """Returns the path of the first photo in the window that has the keyboard."""
    bare.press("ctrl+f", "Down", "Home", "ctrl+shift+c")
    return bare.clipboard()


def best_hit(bare: BareSystem, query: str) -> str:
    """Asks in the window that has the keyboard, and returns the path of the best photo."""
    bare.press("ctrl+f", "ctrl+a")
    bare.paste(query)
    bare.press("Return")
    return first_photo(bare)


def shown(bare: BareSystem) -> int:
    """Returns how many colours the screen has: a blank window has few, photographs have many."""
    return len(np.unique(np.asarray(bare.picture()).reshape(-1, 3), axis=0))


def test_there_is_nothing_that_could_help(bare: BareSystem) -> None:
    for tool in ("python3", "cc", "pip", "conda"):
        assert bare.run("sh", "-c", f"command -v {tool}").returncode != 0
    assert bare.run("touch", "/opt/ImgSearch/here").returncode != 0
    assert bare.run("touch", "/opt/ImgSearch/here", user=0).returncode != 0
    bare.run(*bare.traced("bash", "-c", ": < /dev/tcp/192.0.2.1/80"))
    assert "AF_INET" in bare.sockets()  # the watcher sees what the other tests must not have


def test_the_window_opens_searches_and_closes(bare: BareSystem) -> None:
    with bare.running(*bare.traced(_PROGRAM, "--demo")) as program:
        begin = time.monotonic()
        bare.window("demo — ImgSearch")
        until(lambda: best_hit(bare, "a cup of coffee").endswith("/coffee.png"), "coffee for coffee")
        assert shown(bare) > 10_000
        until(lambda: best_hit(bare, "чашка кофе").endswith("/coffee.png"), "the same in Russian")
        # A part of the program that reports to its makers does so in a while.
        until(lambda: time.monotonic() > begin + _A_WHILE, "nothing")
        bare.press("ctrl+q")
        assert program.wait(60) == 0
    assert bare.sockets() <= {"AF_UNIX"}
    assert not bare.path(bare.home / ".cache/Microsoft").exists()
    assert bare.path(bare.home / ".local/share/ImgSearch/library.sqlite").is_file()
    assert not any("." in path.name for path in bare.path(bare.home).iterdir() if path.name[0] != ".")


def kept_ratings(bare: BareSystem, name: str) -> list[dict[str, str]]:
    """Returns what the command line exports of the user's library into a new folder."""
    answer = bare.run(*bare.traced(_PROGRAM, "ratings", "export", bare.home / name))
    if answer.returncode:
        assert "no ratings" in answer.stderr, answer.stderr
        return []
    table = bare.path(bare.home / name / "ratings.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(table.splitlines()))


def test_a_russian_rates_by_keys(bare: BareSystem) -> None:
    with bare.running(*bare.traced("env", "LANG=ru_RU.UTF-8", _PROGRAM, "--demo")) as program:
        bare.window("demo — ImgSearch")
        until(lambda: best_hit(bare, "чашка кофе").endswith("/coffee.png"), "coffee for кофе")
        bare.press("F4")
        kept: list[dict[str, str]] = []

        def rated() -> bool:
            bare.press("4", "1")  # keys count once there is a picture to rate
            kept[:] = kept_ratings(bare, f"ratings-{len(list(bare.path(bare.home).glob('ratings-*')))}")
            return len(kept) > 2

        until(rated, "three ratings in the library")
        bare.press("Escape", "ctrl+q")
        assert program.wait(60) == 0
    assert {(row["query"], row["rater"], row["scale"]) for row in kept} == {("чашка кофе", "anna", "expert")}
    assert kept[0]["image"] == "coffee.png"
    assert {row["value"] for row in kept} == {"4", "1"}
    assert len({row["content_hash"] for row in kept}) == len(kept)  # each press was for another picture
    assert bare.sockets() <= {"AF_UNIX"}


def test_a_second_start_raises_the_first_window(bare: BareSystem, tmp_path: Path) -> None:
    def painted(colour: str) -> Path:
        folder = tmp_path / colour
        folder.mkdir()
        Image.new("RGB", (300, 200), colour).save(folder / "one.png")
        return bare.give(folder, f"Мои {colour}")

    def seen(channel: int) -> bool:
        """Whether the screen has a photo in one of red, green and blue."""
        pixels = np.asarray(bare.picture()).astype(int)
        others = np.delete(pixels, channel, axis=2).max(axis=2)
        return bool(((pixels[:, :, channel] > 200) & (others < 60)).sum() > 1000)

    red, blue, green = painted("red"), painted("blue"), painted("lime")
    above = (_PROGRAM, "--library", bare.home / "other.sqlite", blue)
    with contextlib.ExitStack() as stack:
        first = stack.enter_context(bare.running(*bare.traced(_PROGRAM, red)))
        until(lambda: seen(0), "the first window")
        other = stack.enter_context(bare.running(*bare.traced(*above)))
        until(lambda: seen(2) and not seen(0), "the other library's window above it")
        second = bare.run(*bare.traced(_PROGRAM, green, "--model", "another.safetensors"))
        assert second.returncode == 0, second.stderr
        assert "another.safetensors" in second.stderr
        until(lambda: seen(1) and not seen(2), "the first window above, with the second's folder")
        for program, title in ((first, "Мои lime — ImgSearch"), (other, "Мои blue — ImgSearch")):
            bare.window(title)
            bare.press("ctrl+q")
            assert program.wait(60) == 0
    assert bare.sockets() <= {"AF_UNIX"}


def test_it_reads_searches_and_trains(bare: BareSystem, tmp_path: Path) -> None:
    dataset = bare.give(write_dataset(tmp_path / "made", train=12, test=4), "Мои фото 1")
    answer = bare.run(*bare.traced(_PROGRAM, "index", dataset / "train_images", "--json"))
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout)["embedded"] == 12
    answer = bare.run(*bare.traced(_PROGRAM, "search", dataset / "train_images", "a red square", "--json"))
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout)[0]["path"].startswith(str(dataset))
    matcher = bare.home / "мой.safetensors"
    answer = bare.run(*bare.traced(_PROGRAM, "train", dataset, "--out", matcher))
    assert answer.returncode == 0, answer.stderr
    assert bare.path(matcher).stat().st_size > 0
    assert bare.sockets() <= {"AF_UNIX"}


def test_a_viewer_gets_the_environment_that_the_user_has(bare: BareSystem, tmp_path: Path) -> None:
    viewer = bare.path("/usr/bin/xdg-open")
    viewer.write_text('#!/bin/sh\necho "$1 <$LD_LIBRARY_PATH>" > "$HOME/opened"\n', encoding="utf-8")
    viewer.chmod(0o755)
    write_image(tmp_path / "photos" / "one.png", size=(300, 200))
    folder = bare.give(tmp_path / "photos", "фото")
    with bare.running(_PROGRAM, folder) as program:
        bare.window("фото — ImgSearch")
        until(lambda: first_photo(bare).endswith("/one.png"), "the one photo")
        bare.press("ctrl+Return")
        told = bare.path(bare.home / "opened")
        until(lambda: told.is_file() and told.stat().st_size, "the viewer")
        assert told.read_text(encoding="utf-8").strip().endswith("one.png <>")
        bare.press("ctrl+q")
        assert program.wait(60) == 0


def test_the_debian_package_installs_and_opens_a_photo(
    bundle: Path, bare: BareSystem, tmp_path: Path
) -> None:
    packages = list(bundle.parent.glob("imgsearch_*.deb"))
    if not packages:
        pytest.skip("there is no package: .dev/bundle.py --deb")
    shutil.copyfile(packages[0], bare.path("/mnt/imgsearch.deb"))
    installed = bare.run("dpkg", "--install", "/mnt/imgsearch.deb", user=0)
    assert installed.returncode == 0, installed.stdout + installed.stderr
    entry = "/usr/share/applications/imgsearch-gui.desktop"
    checked = bare.run("desktop-file-validate", entry)
    assert (checked.returncode, checked.stdout) == (0, "")
    assert bare.run("test", "-r", "/usr/share/icons/hicolor/scalable/apps/imgsearch-gui.svg").returncode == 0
    write_image(tmp_path / "photos" / "one.png", size=(300, 200))
    folder = bare.give(tmp_path / "photos", "Bilder vom See")
    with bare.running("imgsearch-gui", folder / "one.png") as program:
        bare.window("Bilder vom See — ImgSearch")
        bare.press("ctrl+q")
        assert program.wait(60) == 0
    removed = bare.run("dpkg", "--purge", "imgsearch", user=0)
    assert removed.returncode == 0, removed.stderr
    assert not bare.path("/usr/lib/imgsearch").exists()
