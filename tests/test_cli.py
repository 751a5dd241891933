"""The command line, driven as a process: its names, fields, streams and exit statuses are a contract."""

from __future__ import annotations

import csv
import html
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from imgsearch_gui.core.matching.checkpoint import load_matcher
from imgsearch_gui.core.storage.library import Library
from imgsearch_gui.core.types.ratings import RatingScale
from tests.drives import mounted
from tests.retraining import rate_all
from tests.synthetic import write_dataset, write_image

ROOT = Path(__file__).parent.parent
PHOTOS = Path(importlib.util.find_spec("skimage").submodule_search_locations[0], "data")
BUNDLED = ROOT / "models" / "matcher.safetensors"
DATASETS = os.environ.get("IMGSEARCH_DATASETS")

pytestmark = [pytest.mark.real, pytest.mark.timeout(600)]


def run(*arguments: object, home: Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "imgsearch_gui", *map(str, arguments)],
        cwd=cwd or home,
        env=os.environ | {"IMGSEARCH_HOME": str(home), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        timeout=580,
        check=False,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("cli-home")


@pytest.fixture(scope="module")
def photos(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("photos")
    for name in ("coffee.png", "chelsea.png", "rocket.jpg", "astronaut.png"):
        shutil.copy(PHOTOS / name, folder)
    (folder / "broken.jpg").write_bytes(b"no picture")
    return folder


def test_index_counts_and_names_what_it_cannot_read(photos: Path, home: Path) -> None:
    first = run("index", photos, "--library", home / "own.sqlite", home=home)
    assert (first.returncode, first.stdout) == (0, "4 read, 0 unchanged, 0 removed, 1 could not be read.\n")
    assert str(photos / "broken.jpg") in first.stderr
    second = run("index", photos, "--library", home / "own.sqlite", home=home)
    assert second.stdout == "0 read, 4 unchanged, 0 removed, 1 could not be read.\n"


def test_photos_that_are_gone_are_kept_until_they_are_to_be_forgotten(home: Path, tmp_path: Path) -> None:
    shutil.copy(PHOTOS / "coffee.png", tmp_path)
    shutil.copy(PHOTOS / "rocket.jpg", tmp_path)
    index = ("index", tmp_path, "--library", home / "missing.sqlite")
    run(*index, home=home)
    (tmp_path / "coffee.png").unlink()
    gone = run(*index, home=home)
    assert gone.stdout == "0 read, 1 unchanged, 1 removed, 0 could not be read.\n"
    assert gone.stderr == "Missing photos, kept for their return: 1.\n"
    forgotten = run(*index, "--forget-missing", home=home)
    assert forgotten.stdout == "0 read, 1 unchanged, 0 removed, 0 could not be read.\n"
    assert forgotten.stderr == "Missing photos forgotten: 1.\n"


def test_a_damaged_library_is_begun_anew(photos: Path, home: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.sqlite"
    path.write_bytes(b"\xff" * 100_000)
    broken = run("index", photos, "--library", path, home=home)
    assert broken.returncode == 2
    assert broken.stderr.count("\n") == 1
    assert broken.stderr.endswith(f"imgsearch-gui library rebuild --library {path}\n")
    mended = run("library", "rebuild", "--library", path, home=home)
    (kept,) = tmp_path.glob("own.old-*.sqlite")
    assert (mended.returncode, mended.stderr) == (0, "")
    assert str(kept) in mended.stdout
    assert kept.read_bytes() == b"\xff" * 100_000
    assert run("index", photos, "--library", path, home=home).stdout.startswith("4 read")
    nowhere = run("library", "rebuild", "--library", tmp_path / "nowhere.sqlite", home=home)
    assert (nowhere.returncode, nowhere.stdout) == (2, "")
    assert "There is no library" in nowhere.stderr


def test_a_library_that_cannot_be_written_is_searched(photos: Path, home: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.sqlite"
    run("index", photos, "--library", path, home=home)
    shutil.copy(PHOTOS / "page.png", photos)
    with mounted(tmp_path / "stick"):
        shutil.copy(path, tmp_path / "stick")
        subprocess.run(["mount", "-o", "remount,ro", tmp_path / "stick"], check=True)
        stick = tmp_path / "stick" / path.name
        found = run("search", photos, "a cup of coffee", "--library", stick, "--json", home=home)
        index = run("index", photos, "--library", stick, home=home)
    (photos / "page.png").unlink()
    assert (found.returncode, len(json.loads(found.stdout))) == (0, 4)
    assert "can only be read" in found.stderr
    assert (index.returncode, index.stdout) == (2, "")
    assert index.stderr.count("\n") == 1
    assert "can only be read" in index.stderr


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("a cup of coffee", "coffee.png"),
        ("чашка кофе", "coffee.png"),
        ("eine Tasse Kaffee auf dem Tisch", "coffee.png"),
        ("a cat", "chelsea.png"),
    ],
)
def test_search_finds_the_photo(photos: Path, home: Path, query: str, best: str) -> None:
    done = run("search", photos, query, "--json", home=home)
    hits = json.loads(done.stdout)
    assert done.returncode == 0
    fields = {"path", "score", "band", "named"}
    assert [set(hit) for hit in hits] == [fields] * 4, "all readable photos, nothing else"
    assert Path(hits[0]["path"]) == photos / best
    scores = [hit["score"] for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    bands = [["strong", "partial", "unlikely"].index(hit["band"]) for hit in hits]
    assert bands == sorted(bands)


def test_search_by_a_picture_puts_the_same_one_first_and_has_no_bands(
    photos: Path, home: Path, tmp_path: Path
) -> None:
    file = shutil.copy(photos / "chelsea.png", tmp_path / "what is this.png")
    done = run("search", photos, "--like", file, "--json", home=home)
    hits = json.loads(done.stdout)
    assert Path(hits[0]["path"]).name == "chelsea.png"
    assert hits[0]["score"] > 0.99 > hits[1]["score"]
    assert [hit["band"] for hit in hits] == [None] * 4
    both = json.loads(run("search", photos, "a rocket", "--like", file, "--json", home=home).stdout)
    assert {Path(hit["path"]).name for hit in both[:2]} == {"chelsea.png", "rocket.jpg"}
    broken = run("search", photos, "--like", photos / "broken.jpg", home=home)
    assert broken.returncode == 2
    assert broken.stderr.count("\n") == 1
    assert "“broken.jpg” cannot be searched by. It is not a JPEG" in broken.stderr


def test_a_query_that_nothing_matches_lists_every_photo_as_unlikely(photos: Path, home: Path) -> None:
    done = run("search", photos, "a yellow submarine under water", home=home)
    assert [line.split()[1] for line in done.stdout.splitlines()] == ["unlikely"] * 4


def test_search_prints_for_people_too_and_keeps_to_top(photos: Path, home: Path) -> None:
    done = run("search", photos, "a cup of coffee", "--top", 2, home=home)
    lines = done.stdout.splitlines()
    assert len(lines) == 2
    assert lines[0].endswith("coffee.png")
    assert lines[0].split()[1] in ("strong", "partial")


def test_a_blocked_query_prints_an_empty_list_and_the_word(photos: Path, home: Path) -> None:
    done = run("search", photos, "two toddlers", "--json", home=home)
    assert (done.returncode, json.loads(done.stdout)) == (0, [])
    assert "toddlers" in done.stderr
    warned = run("search", photos, "two toddlers", "--json", "--content-rule", "warn", home=home)
    assert len(json.loads(warned.stdout)) == 4
    assert "toddlers" in warned.stderr
    off = run("search", photos, "two toddlers", "--json", "--content-rule", "off", home=home)
    assert len(json.loads(off.stdout)) == 4
    assert off.stderr == ""


def test_many_queries_give_a_line_each(photos: Path, home: Path, tmp_path: Path) -> None:
    file = tmp_path / "queries.csv"
    file.write_text("|query_id|query_text|image\n0|a#0|two boys|x.jpg\n1|b#0|a cat|y.jpg\n", encoding="utf-8")
    done = run("search", photos, "--queries", file, "--top", 1, "--json", home=home)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(line["query_id"], line["query"], len(line["hits"])) for line in lines] == [
        ("a#0", "two boys", 1),
        ("b#0", "a cat", 1),
    ]
    assert Path(lines[1]["hits"][0]["path"]).name == "chelsea.png"


def test_hits_can_be_sorted_and_copies_are_all_printed(home: Path, tmp_path: Path) -> None:
    for name, day in (("img_10.png", 1), ("IMG_9.png", 3), ("a.png", 2)):
        shutil.copy(PHOTOS / "page.png", tmp_path / name)
        os.utime(tmp_path / name, (day * 86_400, day * 86_400))
    for order, names in (
        ("name", ["a.png", "IMG_9.png", "img_10.png"]),
        ("newest", ["IMG_9.png", "a.png", "img_10.png"]),
        ("oldest", ["img_10.png", "a.png", "IMG_9.png"]),
    ):
        done = run("search", tmp_path, "a page", "--sort", order, "--json", home=home)
        assert [Path(hit["path"]).name for hit in json.loads(done.stdout)] == names
    refused = run("search", tmp_path, "--queries", tmp_path / "q.csv", "--sort", "name", home=home)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--sort goes with a QUERY" in refused.stderr
    assert run("search", tmp_path, "x", "--sort", "size", home=home).returncode == 2


def test_an_odd_name_is_printed_as_it_is(home: Path, tmp_path: Path) -> None:
    name = os.fsdecode(b'\xff \xe2\x98\x95 "it\'s".png')
    write_image(tmp_path / "plain.png").rename(tmp_path / name)
    assert json.loads(run("search", tmp_path, "x", "--json", home=home).stdout)[0]["path"].endswith(name)
    assert run("search", tmp_path, "x", home=home).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["search", "nowhere", "a dog"], "nowhere cannot be opened"),
        (["search", "."], "Give either a QUERY, --like FILE or both, or --queries FILE"),
        (["search", ".", "  "], "The query is empty"),
        (["search", ".", "a dog", "--top", "0"], "'0' is not a whole number above 0"),
        (["search", ".", "a dog", "--content-rule", "maybe"], "maybe"),
        (["search", ".", "a dog", "--model", "nothing.bin"], "nothing.bin cannot be read"),
        (["search", ".", "--queries", "no.csv"], "no.csv"),
        (["index", "nowhere"], "nowhere cannot be opened"),
        (["index", ".", "--library", "broken.sqlite"], "broken.sqlite"),
        (["train", ".", "--out", "m"], "no"),
        (["train", ".", "--out", "no/such/m"], "does not exist"),
        (["train", ".", "--out", "."], "is a folder"),
        (["train", "--out", "m"], "Give either a DATASET or --ratings"),
        (["train", ".", "--ratings", "--out", "m"], "Give either a DATASET or --ratings"),
        (["train", "--ratings", "--out", "m"], "There are no ratings in the library"),
        (["train", ".", "--target", "best", "--out", "m"], "best"),
        (["evaluate", ".", "--model", "m", "--captions", "."], "not both"),
        (["evaluate", ".", "--translations", "t.csv"], "give their folder by --captions"),
        (["evaluate", "nowhere"], "nowhere"),
        (["evaluate", ".", "--report", "broken.sqlite"], "is a file; name a folder for the report"),
        (["evaluate", ".", "--report", "no/such"], "does not exist"),
        (["--surprise"], "--surprise"),
        (["search"], "FOLDER"),
    ],
)
def test_bad_input_gives_one_sentence_and_status_2(tmp_path: Path, arguments: list[str], says: str) -> None:
    (tmp_path / "broken.sqlite").write_bytes(b"this is no library" * 1000)
    done = run(*arguments, home=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_version_and_help(home: Path) -> None:
    names = [line.split(" ")[0] for line in run("--version", home=home).stdout.splitlines()]
    assert names == ["ImgSearch", "Python", "Qt", "torch", "ONNX", "System"]
    assert "evaluate" in run("--help", home=home).stdout
    assert "--content-rule block|warn|off" in run("search", "--help", home=home).stdout


def test_train_on_another_target_and_then_on_ratings(home: Path, tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "set", train=12, test=0)
    out, path = tmp_path / "own.safetensors", tmp_path / "rated.sqlite"
    own = ("--out", out, "--library", path)
    blend = run("train", folder, "--target", "blend", "--crowd-weight", "0.5", *own, home=home)
    assert (blend.returncode, blend.stdout) == (0, f"Trained on 96 judged pairs; saved to {out}.\n")
    assert load_matcher(out)[1].target == "blend"
    nothing = run("train", folder, "--from-nothing", *own, home=home)
    assert (nothing.returncode, nothing.stdout) == (2, "")
    assert "from nothing, training needs 500" in nothing.stderr
    with Library(path) as library:
        queries = ("a red thing", "a green thing", "a bar")
        rate_all(library, folder / "train_images", queries, scale=RatingScale.CROWD)
    rated = run("train", "--ratings", *own, home=home)
    assert (rated.returncode, rated.stdout) == (0, f"Trained on 36 judged pairs; saved to {out}.\n")
    assert load_matcher(out)[1].target == "crowd"


def test_train_and_evaluate_a_small_folder(home: Path, tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "set", train=40, test=6)
    out = tmp_path / "own.safetensors"
    trained = run("train", folder, "--out", out, home=home)
    assert trained.returncode == 0, trained.stderr
    assert out.stat().st_size < 15 * 2**20
    done = run("evaluate", folder, "--json", home=home)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures["target"] == "expert-mean"
    assert (figures["n_images"], figures["n_seen_images"]) == (6, 0)
    assert 0 <= figures["recall_at_1"] <= figures["recall_at_5"] <= figures["recall_at_10"] <= 1
    table = {row.pop("model"): row for row in figures["table"]}
    assert list(table) == ["constant", "lasso", "plain_network", "ours"]
    metrics = ["rmse", "r2", "tau_c", "tau_b", "recall_at_1", "recall_at_5", "recall_at_10"]
    for name in (*metrics, "calibration_error"):
        figure = table["ours"][name]
        assert set(figure) == {"value", "low", "high"}
        assert figure["value"] == figures[name]
        assert figure["low"] <= figure["high"]
    assert figures["rmse_constant"] == table["constant"]["rmse"]["value"]
    assert figures["rmse_lasso"] == table["lasso"]["rmse"]["value"]
    assert table["constant"]["recall_at_1"] is table["constant"]["tau_c"] is None
    own = run("evaluate", folder, "--model", out, "--json", home=home)
    figures = json.loads(own.stdout)
    assert figures["n_seen_images"] == 40
    assert figures["seen_images"][0] == "train0.png"
    assert "seen in training" in own.stderr
    found = run("search", folder / "test_images", "a red square", "--model", out, "--json", home=home)
    assert found.returncode == 0


def test_a_captions_folder_lets_more_be_measured(home: Path, tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "set", train=12, test=0)
    more = write_dataset(tmp_path / "captions", train=36, test=0, labels=False)
    spoken = tmp_path / "other.csv"
    with (more / "train_dataset.csv").open(encoding="utf-8") as file:
        ids = [row["query_id"] for row in csv.DictReader(file)]
    spoken.write_text(
        "|query_id|query_text\n" + "".join(f"{n}|{i}|красный квадрат {n}\n" for n, i in enumerate(ids))
    )
    done = run("evaluate", folder, "--captions", more, "--translations", spoken, "--json", home=home)
    assert done.returncode == 0, done.stderr
    table = {row.pop("model"): row for row in json.loads(done.stdout)["table"]}
    assert list(table)[4:] == ["both_unseen", "held_out", "labelled", "english", "translated"]
    assert table["both_unseen"]["tau_c"]["value"] < 1
    assert table["both_unseen"]["recall_at_1"] is table["held_out"]["rmse"] is None
    for name in ("held_out", "labelled", "english", "translated"):
        assert table[name]["recall_at_1"]["value"] <= table[name]["recall_at_10"]["value"] <= 1
    assert table["english"]["recall_at_10"]["value"] == 1, "six images were held out"


def test_a_test_part_alone_gives_the_recalls_alone(home: Path, tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "set", train=2, test=5)
    for name in ("train_dataset.csv", "ExpertAnnotations.tsv", "CrowdAnnotations.tsv"):
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / "train_images")
    done = run("evaluate", folder, "--json", home=home)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert "rmse" not in figures
    assert [row["model"] for row in figures["table"]] == ["ours"]
    assert figures["table"][0]["rmse"] is None
    assert figures["n_images"] == 5
    assert "recall_at_10" in figures


def test_a_report_shows_the_pairs_and_goes_where_it_may(home: Path, tmp_path: Path) -> None:
    evil = "<script>alert(1)</script> a red square"
    captions = {f"train{n}.png": (f"{evil} {n}", f"Thing number {n} .") for n in range(12)}
    folder = write_dataset(tmp_path / "set", train=12, test=0, captions=captions)
    report = tmp_path / "report"
    done = run("evaluate", folder, "--report", report, home=home)
    assert done.returncode == 0, done.stderr
    assert str(report / "index.html") in done.stderr
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines[1:8:2]] == ["constant", "Lasso", "plain", "ImgSearch"]
    assert max(map(len, lines)) <= 140
    page = (report / "index.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; a red square" in page
    examples = re.findall(r"<bdi>(train\d+)\.png</bdi>.*?<bdi>(.*?)</bdi>.*?(\d\.\d\d)</td></tr>", page)
    assert len(examples) == 10 + 10
    rated = expert_means(folder)
    for image, caption, experts in examples:
        assert (image, html.unescape(caption), experts) in rated
    assert page.count("<svg") == 2, "no test part, no recall curve"
    (report / "index.html").write_text("My home page", encoding="utf-8")
    again = run("evaluate", folder, "--report", report, home=home)
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr.endswith("is not a report of ImgSearch; name another folder.\n")
    assert (report / "index.html").read_text(encoding="utf-8") == "My home page"


def expert_means(folder: Path) -> set[tuple[str, str, str]]:
    """Returns image, caption and mean rating of each pair that the experts judged."""
    with (folder / "train_dataset.csv").open(encoding="utf-8") as file:
        texts = {row["query_id"]: row["query_text"] for row in csv.DictReader(file)}
    with (folder / "ExpertAnnotations.tsv").open(encoding="utf-8") as file:
        rows = list(csv.reader(file, delimiter="\t"))
    return {
        (Path(image).stem, texts[caption], f"{sum(map(int, scores)) / 3:.2f}")
        for image, caption, *scores in rows
    }


@pytest.mark.skipif(not DATASETS, reason="IMGSEARCH_DATASETS does not name the folder of the real datasets")
def test_the_real_dataset_reaches_the_floors(home: Path) -> None:
    done = run("evaluate", Path(DATASETS) / "image_search", "--json", home=home)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    print(json.dumps(figures, indent=1))
    assert figures["n_pairs"] == 5822
    assert figures["rmse"] <= 0.16
    assert figures["rmse_constant"] == pytest.approx(0.269, abs=0.002)
    assert figures["rmse"] < figures["rmse_lasso"]
    assert figures["tau_c"] >= 0.54
    table = {row["model"]: row for row in figures["table"]}
    assert table["plain_network"]["rmse"]["value"] < table["lasso"]["rmse"]["value"]
    assert figures["rmse"] < table["plain_network"]["rmse"]["low"]
    assert (figures["n_queries"], figures["n_images"], figures["n_seen_images"]) == (500, 100, 0)
    assert figures["recall_at_1"] >= 0.45
    assert figures["recall_at_10"] >= 0.88


@pytest.mark.skipif(not BUNDLED.is_file(), reason="there is no trained matcher in models/")
def test_models_are_listed_added_chosen_and_deleted(photos: Path, tmp_path: Path) -> None:
    other = BUNDLED.with_name("evaluation.safetensors")
    (before,) = json.loads(run("models", "--json", home=tmp_path).stdout)
    assert (before["id"], before["in_use"], before["fault"]) == ("bundled", True, "")
    assert run("models", "import", other, home=tmp_path).returncode == 0
    _, added = json.loads(run("models", "--json", home=tmp_path).stdout)
    assert (added["name"], added["in_use"]) == ("evaluation", False)
    assert run("models", "use", added["id"], home=tmp_path).stdout == "Searches use “evaluation” now.\n"
    assert f"* {added['id']}" in run("models", home=tmp_path).stdout

    search = ("search", photos, "a cup of coffee", "--json")
    used = run(*search, home=tmp_path)
    assert used.stderr == ""
    bundled = run(*search, "--model", BUNDLED, home=tmp_path)
    assert (used.returncode, bundled.returncode) == (0, 0)
    assert used.stdout != bundled.stdout
    (tmp_path / "models" / f"{added['id']}.safetensors").write_bytes(b"PK\x03\x04")
    fallen = run(*search, home=tmp_path)
    assert fallen.stdout == bundled.stdout
    assert "so searches use the bundled one" in fallen.stderr

    deleted = run("models", "delete", added["id"], home=tmp_path)
    assert deleted.stdout.endswith("Searches use “Bundled model” now.\n")
    for wrong in (("delete", "bundled"), ("use", added["id"])):
        told = run("models", *wrong, home=tmp_path)
        assert (told.returncode, told.stdout, told.stderr.count("\n")) == (2, "", 1)
