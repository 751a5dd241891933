"""Small dataset folders in the brief's form, with drawn pictures and made-up labels.

Each training image is one coloured shape, described by captions of its own, so that a matcher has
something to learn; labels follow from whether a caption is the image's own, names its colour, or
neither.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

COLOURS = {"red": (200, 30, 30), "green": (30, 160, 40), "blue": (30, 50, 200), "yellow": (220, 200, 30)}
SHAPES = ("square", "circle", "bar")
THINGS = tuple(itertools.product(COLOURS, SHAPES))


def thing(number: int) -> tuple[str, str]:
    """Returns the colour and the shape of image ``number``; they repeat after ``len(THINGS)``."""
    return THINGS[number % len(THINGS)]


def write_image(file: Path, number: int = 0, size: tuple[int, int] = (48, 36)) -> Path:
    """Draws image ``number`` into a file, in the format that its ending names."""
    colour, shape = thing(number)
    width, height = size
    image = Image.new("RGB", size, (235, 235, 235))
    box = {
        "square": (width // 4, height // 6, width * 3 // 4, height * 5 // 6),
        "circle": (width // 4, height // 6, width * 3 // 4, height * 5 // 6),
        "bar": (0, height * 2 // 5, width, height * 3 // 5),
    }[shape]
    draw = ImageDraw.Draw(image)
    (draw.ellipse if shape == "circle" else draw.rectangle)(box, fill=COLOURS[colour])
    # No two files alike: the position of a dark dot says the number.
    image.putpixel((number % width, (number // width) % height), (0, 0, 0))
    file.parent.mkdir(parents=True, exist_ok=True)
    image.save(file)
    return file


def own_captions(number: int) -> tuple[str, str]:
    """Returns the two captions of image ``number``, tokenised as in the real dataset."""
    colour, shape = thing(number)
    return f"A {colour} {shape} on a white wall .", f"Someone painted a {shape} in {colour} ."


def write_dataset(
    folder: Path,
    *,
    train: int = 12,
    test: int = 4,
    labels: bool = True,
    captions: Mapping[str, Sequence[str]] | None = None,
) -> Path:
    """Writes a dataset folder.

    Args:
        folder: where to; created.
        train: how many training images, ``train0.png`` and on; 0: no training part.
        test: how many test images, ``test0.png`` and on, with two queries each; 0: no test part.
        labels: whether there are pairs of images with one another's captions, and expert and crowd
            labels for them; without, the folder is captions-only: each image with its own.
        captions: own captions of some images (``"train0.png"``) that take the place of the usual.

    Returns:
        The folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    given = captions or {}
    texts = {
        f"{part}{number}.png": tuple(given.get(f"{part}{number}.png", own_captions(number)))
        for part, count in (("train", train), ("test", test))
        for number in range(count)
    }
    if train:
        _write_train(folder, train, texts, labels=labels)
    if test:
        lines = ["|query_id|query_text|image"]
        for number in range(test):
            name = f"test{number}.png"
            write_image(folder / "test_images" / name, 1000 + number)
            for n, text in enumerate(texts[name]):
                lines.append(f"{len(lines) - 1}|{name}#{n}|{text}|{name}")
        write_lines(folder / "test_queries.csv", lines)
        write_lines(folder / "test_images.csv", ["image", *(f"test{number}.png" for number in range(test))])
    return folder


def _write_train(folder: Path, count: int, texts: Mapping[str, Sequence[str]], *, labels: bool) -> None:
    rows, expert, crowd = ["image,query_id,query_text"], [], []
    for number in range(count):
        name = f"train{number}.png"
        write_image(folder / "train_images" / name, number)
        for n, text in enumerate(texts[name]):
            rows.append(f"{name},{name}#{n},{text}")
            if not labels:
                continue
            colour, _ = thing(number)
            for step in range(4):
                other = (number + step) % count
                image = f"train{other}.png"
                if step:
                    rows.append(f"{image},{name}#{n},{text}")
                score = 4 if step == 0 else 2 if thing(other)[0] == colour else 1
                expert.append(f"{image}\t{name}#{n}\t{score}\t{score}\t{min(4, score + step % 2)}")
                if n == 0:
                    yes = {4: 3, 2: 1, 1: 0}[score]
                    crowd.append(f"{image}\t{name}#{n}\t{yes / 3:.3f}\t{yes}\t{3 - yes}")
    write_lines(folder / "train_dataset.csv", rows)
    if labels:
        write_lines(folder / "ExpertAnnotations.tsv", expert)
        write_lines(folder / "CrowdAnnotations.tsv", crowd)


def write_lines(file: Path, lines: Sequence[str], encoding: str = "utf-8") -> Path:
    """Writes a text file line by line."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes("".join(f"{line}\n" for line in lines).encode(encoding))
    return file
