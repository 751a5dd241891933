"""Reading dataset folders: the real ones, synthetic ones, and what is wrong with broken ones."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from imgsearch_gui.core.datasets import tables
from imgsearch_gui.core.datasets.dataset import read_dataset, read_queries
from imgsearch_gui.core.datasets.own_captions import own_captions
from imgsearch_gui.errors import DatasetError
from tests.synthetic import write_dataset, write_image, write_lines

PAIRS_HEADER = "image,query_id,query_text"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_dataset(tmp_path / "set")


def append(file: Path, *lines: str) -> int:
    """Adds lines to a file and returns the number of the first."""
    text = file.read_text(encoding="utf-8")
    file.write_text(text + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return text.count("\n") + 1


def real(name: str) -> Path:
    datasets = os.environ.get("IMGSEARCH_DATASETS")
    if not datasets:
        pytest.skip("IMGSEARCH_DATASETS does not name the folder of the real datasets")
    return Path(datasets) / name


def test_a_whole_folder_is_read(folder: Path) -> None:
    dataset = read_dataset(folder)
    assert len(dataset.pairs) == 96
    assert len(dataset.expert) == 96
    assert len(dataset.crowd) == 48
    assert len(dataset.captions) == 24
    assert sum(pair.is_own for pair in dataset.pairs) == 24
    assert dataset.test_images == ("test0.png", "test1.png", "test2.png", "test3.png")
    assert [query.image for query in dataset.queries[:3]] == ["test0.png", "test0.png", "test1.png"]
    assert dataset.captions["train0.png#0"].text == "A red square on a white wall ."
    assert dataset.expert[0].scores == (4, 4, 4)
    assert dataset.crowd[0].share == 1.0
    assert dataset.train_image("train0.png").is_file()
    assert dataset.test_image("test0.png").is_file()
    assert dataset.report.problems == ()
    assert dataset.report.rows_read["ExpertAnnotations.tsv"] == 96


def test_labels_and_test_part_may_be_missing(tmp_path: Path) -> None:
    dataset = read_dataset(write_dataset(tmp_path, test=0, labels=False))
    assert len(dataset.pairs) == 24
    assert (dataset.expert, dataset.crowd, dataset.queries, dataset.test_images) == ((), (), (), ())


def test_the_train_part_may_be_missing(folder: Path) -> None:
    (folder / "train_dataset.csv").unlink()
    dataset = read_dataset(folder)
    assert dataset.pairs == ()
    assert len(dataset.queries) == 8
    assert {problem.file.name for problem in dataset.report.problems} == {
        "ExpertAnnotations.tsv",
        "CrowdAnnotations.tsv",
    }


def test_the_pool_comes_from_the_queries_without_its_list(folder: Path) -> None:
    (folder / "test_images.csv").unlink()
    assert len(read_dataset(folder).test_images) == 4


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_a_folder_that_is_no_dataset_says_so(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(DatasetError, match=name):
        read_dataset(tmp_path / name)


# A row that cannot be used is left out with its line and its reason.

BAD_ROWS = [
    ("ExpertAnnotations.tsv", "train0.png\ttrain5.png#0\t1\t7\t2", "score is not one of 1, 2, 3, 4: '7'"),
    ("ExpertAnnotations.tsv", "train0.png\ttrain5.png#0\t1\tnan\t2", "score is not one of 1, 2, 3, 4: 'nan'"),
    ("ExpertAnnotations.tsv", "train0.png\ttrain5.png#0\t1\t2", "wrong number of columns: 4 where 5"),
    (
        "CrowdAnnotations.tsv",
        "train0.png\ttrain5.png#0\t1.4\t3\t0",
        "share is not a number from 0 to 1: '1.4'",
    ),
    ("CrowdAnnotations.tsv", "train0.png\ttrain5.png#0\tnan\t3\t0", "share is not a number"),
    ("CrowdAnnotations.tsv", "train0.png\ttrain5.png#0\t-0.1\t3\t0", "share is not a number"),
    ("CrowdAnnotations.tsv", "train0.png\ttrain5.png#0\t0_1\t3\t0", "share is not a number"),
    ("CrowdAnnotations.tsv", "train0.png\ttrain5.png#0\t1\t3.5\t0", "count of votes is not a whole number"),
    ("CrowdAnnotations.tsv", "train0.png\tgone.jpg#0\t1\t3\t0", "no text in train_dataset.csv: 'gone.jpg#0'"),
    ("train_dataset.csv", "train0.png,x#0,too,long", "wrong number of columns: 4 where 3"),
    ("train_dataset.csv", "train0.png,x#0,", "query_text is empty"),
    ("train_dataset.csv", "train0.png,x#0,a\0b", "NUL character"),
    ("train_dataset.csv", "gone.png,x#0,A dog .", "image is missing: 'train_images/gone.png'"),
    ("train_dataset.csv", "../test_images/test0.png,x#0,A dog .", "not a plain name"),
    ("train_dataset.csv", "/etc/hostname,x#0,A dog .", "not a plain name"),
    ("train_dataset.csv", "C:\\x.jpg,x#0,A dog .", "not a plain name"),
    ("train_dataset.csv", "C:x.jpg,x#0,A dog .", "not a plain name"),
    ("train_dataset.csv", "..,x#0,A dog .", "not a plain name"),
    ("train_dataset.csv", "train0.png,train0.png#0,Another text .", "another text on an earlier line"),
    ("train_dataset.csv", "train1.png,train1.png#0,A red circle on a white wall .", "repeats an earlier one"),
    ("ExpertAnnotations.tsv", "train0.png\ttrain0.png#0\t1\t1\t1", "contradicts an earlier one"),
    ("test_queries.csv", "9|q|A dog .|train0.png", "image is missing"),
    ("test_images.csv", "test0.png", "repeats an earlier one"),
]


@pytest.mark.parametrize(("table", "row", "reason"), BAD_ROWS)
def test_a_bad_row_is_left_out_with_line_and_reason(folder: Path, table: str, row: str, reason: str) -> None:
    whole = read_dataset(folder)
    line = append(folder / table, row)
    dataset = read_dataset(folder)
    (problem,) = dataset.report.problems
    assert (problem.file, problem.line) == (folder / table, line)
    assert reason in str(problem)
    assert str(problem).startswith(f"{folder / table}, line {line}: ")
    assert "\n" not in str(problem)
    assert (dataset.pairs, dataset.expert, dataset.crowd) == (whole.pairs, whole.expert, whole.crowd)
    assert (dataset.queries, dataset.test_images) == (whole.queries, whole.test_images)
    assert any("1 left out" in text for text in dataset.report.summary())


def test_a_query_outside_the_pool_is_left_out(folder: Path) -> None:
    write_image(folder / "test_images" / "other.png")
    append(folder / "test_queries.csv", "9|q|A dog .|other.png")
    (problem,) = read_dataset(folder).report.problems
    assert "not listed in test_images.csv" in str(problem)


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n"])
def test_an_image_that_does_not_open_is_left_out(folder: Path, content: bytes) -> None:
    (folder / "train_images" / "train3.png").write_bytes(content)
    dataset = read_dataset(folder)
    assert "train3.png" not in {pair.image for pair in dataset.pairs}
    assert "train3.png" not in {label.image for label in (*dataset.expert, *dataset.crowd)}
    assert all("does not open" in str(problem) for problem in dataset.report.problems)
    assert "train3.png" in {pair.image for pair in read_dataset(folder, check_images=False).pairs}


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need rights on Windows")
def test_a_link_out_of_the_folder_is_left_out(folder: Path, tmp_path: Path) -> None:
    outside = write_image(tmp_path / "outside.png")
    image = folder / "train_images" / "train3.png"
    image.unlink()
    image.symlink_to(outside)
    reasons = {problem.kind for problem in read_dataset(folder).report.problems}
    assert reasons == {"The image is a link out of the dataset folder"}
    image.unlink()
    image.symlink_to(image)
    assert read_dataset(folder).report.problems


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need rights on Windows")
def test_a_table_that_links_out_of_the_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    table = folder / "train_dataset.csv"
    table.rename(tmp_path / "outside.csv")
    table.symlink_to(tmp_path / "outside.csv")
    with pytest.raises(DatasetError, match="link out of its folder"):
        read_dataset(folder)
    with pytest.raises(DatasetError, match="link out of its folder"):
        own_captions(folder / "train_images")


def test_a_file_without_a_usable_row_is_an_error_with_its_first_reason(folder: Path) -> None:
    table = write_lines(folder / "ExpertAnnotations.tsv", ["train0.png\ttrain0.png#0\t1\t7\t2"] * 2)
    with pytest.raises(DatasetError) as caught:
        read_dataset(folder)
    assert (caught.value.file, caught.value.line) == (table, 1)
    assert "'7'" in str(caught.value)


# A file that cannot be understood is an error with its line.

BAD_FILES = [
    (b"", None, "empty"),
    (b"image,query_id\na,b\n", 1, "column 'query_text' is missing"),
    (b"image,image,query_id,query_text\n", 1, "more than once"),
    (b"image;query_id;query_text\n", 1, "separated by semicolons where commas"),
    (f"{PAIRS_HEADER}\na,b,c\n".encode("utf-16"), 1, "UTF-16"),
    (f"{PAIRS_HEADER}\na,b,c\n".encode("utf-16-le"), 1, "UTF-16"),
    (f"{PAIRS_HEADER}\na,b,c\na,b,café\n".encode("latin-1"), 3, "not UTF-8 text (byte 0xe9)"),
    (f'{PAIRS_HEADER}\na,b,c\na,b,"open\n{"x" * 70}\n'.encode(), 3, "cannot be told from the next"),
    (f"{PAIRS_HEADER}\na,b,{'x' * 200_000}\n".encode(), 2, "cannot be told from the next"),
    (PAIRS_HEADER.encode() + b"\n" + b"x" * (tables.MAX_RECORD_BYTES + 1), 2, "too long"),
    (f"{PAIRS_HEADER}\n".encode(), None, "no row"),
]


@pytest.mark.parametrize(("content", "line", "reason"), BAD_FILES)
def test_a_bad_file_is_one_sentence_with_its_line(
    folder: Path, content: bytes, line: int | None, reason: str
) -> None:
    table = folder / "train_dataset.csv"
    table.write_bytes(content)
    with pytest.raises(DatasetError) as caught:
        read_dataset(folder)
    assert reason in str(caught.value)
    assert (caught.value.file, caught.value.line) == (table, line)


def test_a_file_of_absurd_size_is_refused_unread(folder: Path) -> None:
    with (folder / "train_dataset.csv").open("r+b") as file:
        file.truncate(tables.MAX_FILE_BYTES + 1)  # sparse: takes no room on most disks
    with pytest.raises(DatasetError, match="larger than 256 MB"):
        read_dataset(folder)


def test_more_rows_than_any_dataset_has_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "q.csv"
    file.write_bytes(b"query_id|query_text\n" + b"a|b\n" * (tables.MAX_ROWS + 1))
    with pytest.raises(
        DatasetError, match=f"line {tables.MAX_ROWS + 2}: The file has more than 1,000,000 rows"
    ):
        read_queries(file)


def test_another_delimiter_is_told_without_a_header_too(folder: Path) -> None:
    write_lines(folder / "ExpertAnnotations.tsv", ["train0.png,train0.png#0,1,1,1"])
    with pytest.raises(DatasetError, match="line 1: The columns are separated by commas where tabs"):
        read_dataset(folder)


def test_mark_line_ends_quotes_and_extra_columns_are_read(folder: Path) -> None:
    text = '\ufeff,query_text,image,query_id\r\n0,"A dog, and\na ""cat"" .",train0.png,train0.png#0\r\n\r\n'
    (folder / "train_dataset.csv").write_bytes(text.encode())
    line = append(folder / "train_dataset.csv", "1,x")
    dataset = read_dataset(folder)
    assert dataset.captions["train0.png#0"].text == 'A dog, and\na "cat" .'
    assert line in {problem.line for problem in dataset.report.problems}


def test_nothing_outside_the_folder_is_opened_and_nothing_in_it_changes(folder: Path, tmp_path: Path) -> None:
    sentinel = write_image(tmp_path / "sentinel.png")
    write_image(tmp_path / "set2" / "x.png")
    append(folder / "train_dataset.csv", "../sentinel.png,s#0,A .", "../../sentinel.png,s#1,A .")
    append(folder / "train_dataset.csv", f"{sentinel},s#2,A .", "..\\sentinel.png,s#3,A .")
    append(folder / "train_dataset.csv", "train0.png,../set2/x.png#0,A .", "link.png,s#4,A .")
    if os.name != "nt":
        (folder / "train_images" / "link.png").symlink_to(sentinel)
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    script = (
        "import os, sys\nfrom pathlib import Path\n"
        "from PIL import Image\nImage.init()\n"
        "from imgsearch_gui.core.datasets.dataset import read_dataset\n"
        "from imgsearch_gui.core.datasets.own_captions import own_captions\n"
        "root, opened = Path(sys.argv[1]), []\n"
        "def hook(event, args):\n"
        "    if event == 'open' and isinstance(args[0], (str, bytes)): opened.append(os.fsdecode(args[0]))\n"
        "sys.addaudithook(hook)\n"
        "read_dataset(root)\nown_captions(root / 'train_images')\nprint('\\n'.join(opened))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, str(folder)], capture_output=True, text=True, check=True, timeout=60
    )
    opened = {Path(line).resolve() for line in run.stdout.splitlines() if line.startswith(str(tmp_path))}
    assert (folder / "train_dataset.csv").resolve() in opened
    assert not [file for file in opened if not file.is_relative_to(folder.resolve())]
    assert before == {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_queries_are_read_from_a_file_of_their_own(tmp_path: Path) -> None:
    file = write_lines(tmp_path / "q.csv", ["|query_id|query_text", "0|a|A dog .", "1|b|Кошка на окне"])
    assert [(query.id, query.text, query.image) for query in read_queries(file)] == [
        ("a", "A dog .", ""),
        ("b", "Кошка на окне", ""),
    ]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["query_id,query_text", "a,b"], "line 1: The columns are separated by commas"),
        (["query_id|query_text", "a|b|c"], "line 2: The row has the wrong number of columns"),
        (["query_id|query_text", "a|"], "line 2: The query_text is empty"),
        (["query_id|query_text"], "holds no query"),
    ],
)
def test_a_bad_file_of_queries_is_an_error(tmp_path: Path, lines: list[str], reason: str) -> None:
    with pytest.raises(DatasetError, match=reason):
        read_queries(write_lines(tmp_path / "q.csv", lines))


def test_a_missing_file_of_queries_and_a_folder_are_errors(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="no such file"):
        read_queries(tmp_path / "q.csv")
    with pytest.raises(DatasetError, match="not a file"):
        read_queries(tmp_path)


# Own captions, by which images are withheld.


def test_own_captions_of_both_parts_and_from_either_place(folder: Path) -> None:
    captions = own_captions(folder / "train_images")
    assert captions["train0.png"] == [
        "A red square on a white wall .",
        "Someone painted a square in red .",
    ]
    assert len(captions["test0.png"]) == 2
    assert own_captions(folder) == captions == own_captions(folder / "test_images")


def test_a_folder_of_no_dataset_has_no_captions(tmp_path: Path) -> None:
    write_image(tmp_path / "photos" / "a.png")
    assert own_captions(tmp_path / "photos") == {}
    assert own_captions(tmp_path / "nowhere") == {}


def test_rows_that_the_dataset_leaves_out_still_describe_their_image(folder: Path) -> None:
    append(folder / "train_dataset.csv", "gone.png,train0.png#7,A child .")
    append(folder / "train_dataset.csv", "train1.png,train1.png#7,A dog, and a child .")
    append(folder / "test_queries.csv", "9|strange id|A girl .|test0.png")
    captions = own_captions(folder / "train_images")
    assert "A child ." in captions["train0.png"]
    assert any("and a child" in text for text in captions["train1.png"])
    assert "A girl ." in captions["test0.png"]


def test_captions_that_cannot_be_read_are_an_error_and_not_nothing(folder: Path) -> None:
    (folder / "train_dataset.csv").write_bytes(b"\xff\xfei\0m\0")
    with pytest.raises(DatasetError, match="UTF-16"):
        own_captions(folder / "train_images")


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need rights on Windows")
def test_captions_are_found_behind_a_link_to_the_images(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "photos"
    link.symlink_to(folder / "train_images", target_is_directory=True)
    assert "train0.png" in own_captions(link)


def test_the_real_dataset_is_read_whole() -> None:
    dataset = read_dataset(real("image_search"))
    assert len(dataset.pairs) == len(dataset.expert) == 5822
    assert len({pair.image for pair in dataset.pairs}) == 1000
    assert len(dataset.captions) == 977
    assert len(dataset.crowd) == 47830 - 1109
    assert len(dataset.queries) == 500
    assert len(dataset.test_images) == 100
    assert sum(pair.is_own for pair in dataset.pairs) == 158
    assert dataset.report.rows_read["CrowdAnnotations.tsv"] == 47830
    assert {problem.kind for problem in dataset.report.problems} == {
        "The caption has no text in train_dataset.csv"
    }
    assert len(dataset.report.problems) == 1109


def test_the_real_captions_folder_is_read_whole() -> None:
    dataset = read_dataset(real("flickr8k_captions"))
    assert len(dataset.pairs) == len(dataset.captions) == 29995
    assert all(pair.is_own for pair in dataset.pairs)
    assert len({pair.image for pair in dataset.pairs}) == 5999
    assert dataset.report.problems == ()
