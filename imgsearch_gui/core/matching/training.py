"""Training a matcher: first the heads on captions, then the score on judgements.

``fit`` is a generator: it yields progress and can be closed at any step. The same data, settings and
number of threads give the same weights.
"""

from __future__ import annotations

import math
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch.nn import functional as F  # noqa: N812 (torch's own idiom)

from imgsearch_gui.core.matching.calibration import bands_for, recalibrated
from imgsearch_gui.core.matching.checkpoint import ModelInfo, as_stored
from imgsearch_gui.core.matching.config import TrainSettings
from imgsearch_gui.core.matching.joint_space import JointSpace, joined
from imgsearch_gui.core.matching.matcher import Matcher, active_towers
from imgsearch_gui.core.matching.score import Agreement, fit_score
from imgsearch_gui.core.matching.stopping import HeadsWatch
from imgsearch_gui.core.matching.training_data import PairSet
from imgsearch_gui.core.measures import folds_by_image, rmse
from imgsearch_gui.core.types.progress import TrainProgress
from imgsearch_gui.errors import TrainingError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    import numpy.typing as npt
    from torch import Tensor

    from imgsearch_gui.core.encoders.base import FloatArray
    from imgsearch_gui.core.matching.config import MatcherConfig
    from imgsearch_gui.core.matching.frozen_space import FrozenSpace
    from imgsearch_gui.core.matching.stopping import Stopping
    from imgsearch_gui.core.matching.training_data import IntArray, TrainingData

# Fewer described images than this teach heads less than the bundled ones know already.
MIN_DESCRIBED_IMAGES = 500
MIN_JUDGED = 20
_MOST_KNOWN = 8192  # images that the caption bridge remembers, some 350 bytes each in a matcher file
_HELD_OUT_SHARE = 0.1  # of the described images, for the score, where nobody judged any pair


def fit(
    data: TrainingData,
    config: MatcherConfig,
    class_vectors: Sequence[FloatArray],
    *,
    settings: TrainSettings | None = None,
    start: tuple[Matcher, ModelInfo] | None = None,
    stopping: Stopping | None = None,
) -> Generator[TrainProgress, None, tuple[Matcher, ModelInfo]]:
    """Trains a matcher.

    Heads are trained when enough images are described; else those of ``start`` are kept, and its score
    too, with a new calibration, where the pairs are too few to do better. With ``stopping``, its heads are
    also kept where no pass of the training does better. Where nobody judged any pair, a tenth of the
    described images is set apart, and the score learns to tell their captions (1) from others (0).

    Args:
        data: vectors and pairs.
        config: of the new matcher; that of ``start`` where its heads are kept.
        class_vectors: the class names' vectors of each tower, for the label bridge.
        settings: the defaults when not given.
        start: a matcher to start from.
        stopping: follow the errors on a fifth of the judged images, and stop by them. Those images
            serve to end the stages and for nothing else: the score is fitted to them too in the end.

    Yields:
        Progress.

    Returns:
        The matcher, as precise as a file holds it, and what is to be said of it.

    Raises:
        TrainingError: there is too little data.
    """
    settings = settings or TrainSettings()
    if len(data.judged) or len(data.crowd):
        described, judged = unjudged(data), data.judged
    else:
        described, judged = pairs_of_captions(data, settings.seed)
    if len(np.unique(described[:, 0])) >= MIN_DESCRIBED_IMAGES:
        watch = None if stopping is None else _watch(config, data, judged, stopping)
        space = yield from fit_heads(data, described, config, class_vectors, settings, watch)
        heads_trained_on = frozenset(data.hashes[i] for i in np.unique(described[:, 0]))
        if watch is not None and start is not None and watch.prefers(start[0].space):
            space, heads_trained_on = start[0].space, start[1].heads_trained_on
    elif start is not None:
        space, heads_trained_on = start[0].space, start[1].heads_trained_on
    else:
        said = sentence(
            "Only {count} images have a caption of their own and no judgement; from nothing, training needs "
            "{least} of them.",
            count=len(np.unique(described[:, 0])),
            least=MIN_DESCRIBED_IMAGES,
        )
        raise TrainingError(said)
    if len(judged) < MIN_JUDGED and not len(data.judged):
        said = sentence(
            "Only {count} images are described, and none is judged: a tenth of them, set apart for the "
            "score, gives {pairs} pairs, and training needs {least}.",
            count=len(np.unique(data.described[:, 0])),
            pairs=len(judged),
            least=MIN_JUDGED,
        )
        raise TrainingError(said)
    n = len(judged)
    if n < MIN_JUDGED:
        said = sentence("Only {n} pairs have a judgement; training needs {least}.", n=n, least=MIN_JUDGED)
        raise TrainingError(said)
    if not np.ptp(judged.targets):
        raise TrainingError(sentence("All {n:,} judged pairs have the same target: they teach nothing.", n=n))
    matcher, unseen = yield from fit_on_pairs(space, data, judged, stopping)
    score_trained_on = frozenset(data.hashes[i] for i in np.unique(judged.images))
    if start is not None and space is start[0].space:
        fitted = matcher
        matcher, unseen = _better(matcher, unseen, start, data, judged)
        if matcher is not fitted:  # then it knows what the start's score knew as well
            score_trained_on |= start[1].score_trained_on
    matcher = as_stored(matcher)
    info = ModelInfo(
        target=str(data.target),
        counts={
            "images": len(data.hashes),
            "captions": len(data.texts[0]),
            "described_pairs": len(data.described),
            "crowd_pairs": len(data.crowd),
            "judged_pairs": len(data.judged),
            "left_out": sum(data.left_out.values()),
        },
        metrics={"rmse_out_of_fold": rmse(unseen, judged.targets)},
        heads_trained_on=heads_trained_on,
        score_trained_on=score_trained_on,
        settings=asdict(settings),
    )
    return matcher, info


def _better(
    matcher: Matcher,
    unseen: FloatArray,
    start: tuple[Matcher, ModelInfo],
    data: TrainingData,
    judged: PairSet,
) -> tuple[Matcher, FloatArray]:
    """Returns the start with its calibration moved, unless a score fitted to the pairs errs surely less.

    Surely: by a standard error of the difference, for few pairs tell little. A start that was fitted to
    some of these images cannot be compared, and is not returned.
    """
    old, info = start
    if info.score_trained_on & {data.hashes[i] for i in np.unique(judged.images)}:
        return matcher, unseen
    score, scores = recalibrated(old.score, pair_latents(old, data, judged), judged.targets, judged.images)
    gain = (scores - judged.targets) ** 2 - (unseen - judged.targets) ** 2
    if gain.mean() > gain.std() / math.sqrt(len(gain)):
        return matcher, unseen
    return Matcher(old.space, score, bands_for(scores, judged.targets)), scores


def unjudged(data: TrainingData) -> IntArray:
    """Returns the described pairs that heads are trained on, those of images without a judgement.

    The score must learn on images that the heads have not seen: such are those it will meet.
    """
    with_label = np.union1d(data.judged.images, data.crowd.images)
    return data.described[~np.isin(data.described[:, 0], with_label)]


def pairs_of_captions(
    data: TrainingData, seed: int, share: float = _HELD_OUT_SHARE
) -> tuple[IntArray, PairSet]:
    """Sets images apart and makes pairs of them: each caption with its image (1), and with another (0).

    Args:
        data: described images, none of them judged.
        seed: of the draws.
        share: of the described images.

    Returns:
        The described pairs of the other images, and the pairs.

    Raises:
        TrainingError: there are too few images.
    """
    images = np.unique(data.described[:, 0])
    if len(images) < 3:
        n = len(images)
        raise TrainingError(
            sentence("Only {n} images are described, and none is judged: too few to train on.", n=n)
        )
    rng = np.random.default_rng(seed)
    apart = rng.permutation(images)[: max(2, round(len(images) * share))]
    is_apart = np.isin(data.described[:, 0], apart)
    own = data.described[is_apart]
    others = (np.searchsorted(np.sort(apart), own[:, 0]) + rng.integers(1, len(apart), len(own))) % len(apart)
    n = 2 * len(own)
    pairs = PairSet(
        images=np.concatenate([own[:, 0], np.sort(apart)[others]]),
        captions=np.tile(own[:, 1], 2),
        targets=np.repeat(np.array([1, 0], np.float32), len(own)),
        expert=np.zeros((n, 0), np.int64),
        own=np.arange(n) < len(own),
    )
    return data.described[~is_apart], pairs


def score_pairs(matcher: Matcher, data: TrainingData, pairs: PairSet) -> FloatArray:
    """Scores pairs of ``data`` by a finished matcher, captions as English queries: float32 [n]."""
    return matcher.pair_scores(*_placed(matcher, data, pairs))


def pair_latents(matcher: Matcher, data: TrainingData, pairs: PairSet) -> npt.NDArray[np.float64]:
    """Latent values of pairs, as :func:`score_pairs` calibrates them: float64 [n]."""
    images, queries = _placed(matcher, data, pairs)
    return np.array([matcher.score.latent(images[[i]], queries[i])[0] for i in range(len(pairs))])


def _placed(matcher: Matcher, data: TrainingData, pairs: PairSet) -> tuple[FloatArray, FloatArray]:
    """The joint vectors of each pair's image and caption: [n, width] and [n, query_width]."""
    images, rows = np.unique(pairs.images, return_inverse=True)
    captions, columns = np.unique(pairs.captions, return_inverse=True)
    texts = matcher.texts(_as_english(matcher.config, data, captions))
    return matcher.images(data.images[images])[rows], texts[columns]


def fit_heads(
    data: TrainingData,
    described: IntArray,
    config: MatcherConfig,
    class_vectors: Sequence[FloatArray],
    settings: TrainSettings,
    watch: HeadsWatch | None = None,
) -> Generator[TrainProgress, None, FrozenSpace]:
    """Trains the heads contrastively on images and their captions, the label bridge beside them.

    The loss is symmetric InfoNCE (van den Oord et al., 2018), the mean of one term for each text tower
    alone and one for all together, so that every tower can answer by itself.
    """
    torch.manual_seed(settings.seed)
    rng = torch.Generator().manual_seed(settings.seed)
    images, caption_rows = _captions_of_images(described)
    if len(images) < 2:
        raise TrainingError(sentence("Only one image is described: heads learn by telling images apart."))
    space = JointSpace(
        config,
        min(len(images), _MOST_KNOWN),
        image_dropout=settings.image_dropout,
        text_dropout=settings.text_dropout,
    )
    pictures = torch.from_numpy(data.images[images].astype(np.float32))
    texts = [torch.from_numpy(vectors) for vectors in data.texts]
    space.image_mean.copy_(pictures.mean(dim=0))
    space.image_deviation.copy_(pictures.std(dim=0) + 1e-5)
    if config.classes:
        space.label_bridge.fit([torch.from_numpy(vectors) for vectors in class_vectors])
    subsets = [[i] for i in range(len(texts))] + ([list(range(len(texts)))] if len(texts) > 1 else [])

    scale = torch.nn.Parameter(torch.tensor(3.0))  # the logarithm of the inverse temperature
    parameters = [*space.parameters(), scale]
    batch = min(settings.batch, len(images))
    batches = len(images) // batch
    steps = (settings.passes if watch is None else watch.stopping.steps(settings.passes)) * batches
    optimiser = torch.optim.AdamW(parameters, settings.learning_rate, weight_decay=settings.weight_decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, settings.learning_rate, total_steps=steps, pct_start=0.15
    )
    space.train()
    for step in range(steps):
        if step % batches == 0:
            order = torch.randperm(len(images), generator=rng)
        rows = order[step % batches * batch :][:batch]
        learned, labels = space.learned(pictures[rows]), space.labels(pictures[rows])
        mixed = _mixed_captions(texts, caption_rows, rows, rng)
        said = space.said(mixed)
        right = torch.arange(len(rows))
        losses = []
        for subset in subsets:
            chosen = [vector if i in subset else None for i, vector in enumerate(mixed)]
            similarity = joined([vector for i, vector in enumerate(said) if i in subset]) @ learned.T
            similarity += settings.label_weight * space.label_bridge.texts(chosen) @ labels.T
            logits = scale.exp() * similarity
            losses += [
                F.cross_entropy(side, right, label_smoothing=settings.label_smoothing)
                for side in (logits, logits.T)
            ]
        loss = torch.stack(losses).mean()
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        schedule.step()
        if not math.isfinite(loss.item()):
            raise TrainingError(sentence("Training the heads went astray: the vectors are not usable."))
        ends_pass = (step + 1) % batches == 0
        errors = watch.errors(space) if watch is not None and ends_pass else (None, None)
        yield TrainProgress(sentence("Heads"), step + 1, steps, loss.item(), errors[1], errors[0])
        if watch is not None and watch.best.over:
            yield TrainProgress(sentence("Heads"), steps, steps)
            break
    if watch is not None:
        space.load_state_dict(watch.kept)
    space.eval().requires_grad_(requires_grad=False)
    known = torch.randperm(len(images), generator=rng)[:_MOST_KNOWN]
    means = [torch.stack([text[caption_rows[row]].mean(dim=0) for row in known.tolist()]) for text in texts]
    of_all = [text[described[:, 1]].mean(dim=0) for text in texts]
    space.caption_bridge.fit(space.learned(pictures[known]), means, of_all)
    return space.frozen()


def _watch(config: MatcherConfig, data: TrainingData, judged: PairSet, stopping: Stopping) -> HeadsWatch:
    images, rows = np.unique(judged.images, return_inverse=True)
    captions, columns = np.unique(judged.captions, return_inverse=True)
    pairs = replace(judged, images=rows, captions=columns)
    # The same images as in the score's first fold.
    sides = folds_by_image(judged.images)[0]
    return HeadsWatch(data.images[images], _as_english(config, data, captions), pairs, sides, stopping)


def _captions_of_images(described: IntArray) -> tuple[IntArray, list[IntArray]]:
    """Returns the described images, ascending, and the captions of each."""
    order = np.argsort(described[:, 0], kind="stable")
    images, starts = np.unique(described[order, 0], return_index=True)
    return images, np.split(described[order, 1], starts[1:])


def _mixed_captions(
    texts: Sequence[Tensor], caption_rows: Sequence[IntArray], rows: Tensor, rng: torch.Generator
) -> list[Tensor]:
    """Draws a caption for each image; half of the time blends it with another caption of the image."""

    def draw() -> Tensor:
        at = torch.rand(len(rows), generator=rng)
        chosen = zip(rows.tolist(), at.tolist(), strict=True)
        return torch.tensor([caption_rows[row][int(x * len(caption_rows[row]))] for row, x in chosen])

    first, second = draw(), draw()
    share = torch.rand(len(rows), 1, generator=rng)
    share = torch.where(torch.rand(len(rows), 1, generator=rng) < 0.5, share, torch.ones(1))
    return [F.normalize(share * text[first] + (1 - share) * text[second], dim=1) for text in texts]


def fit_on_pairs(
    space: FrozenSpace, data: TrainingData, pairs: PairSet, stopping: Stopping | None = None
) -> Generator[TrainProgress, None, tuple[Matcher, FloatArray]]:
    """Fits the score to pairs of ``data`` on finished heads; captions count as English queries.

    Returns:
        The matcher, and the score of each pair without its image among the judged ones, float32 [n].
    """
    images, rows = np.unique(pairs.images, return_inverse=True)
    captions, columns = np.unique(pairs.captions, return_inverse=True)
    config = space.config
    placed = torch.from_numpy(space.images(data.images[images].astype(np.float32)))
    texts = torch.from_numpy(space.texts(_as_english(config, data, captions)))
    (learned, *bridged), (said, *bridges) = (
        torch.split(side, list(config.parts), dim=1) for side in (placed, texts)
    )
    agreement = Agreement(
        images=learned,
        captions=said,
        bridges=torch.stack([image @ text.T for image, text in zip(bridged, bridges, strict=True)]),
    )
    score, unseen = yield from fit_score(
        agreement, rows, columns, pairs.targets, config.parts, config.rank, stopping
    )
    return Matcher(space, score, bands_for(unseen, pairs.targets)), unseen


def _as_english(config: MatcherConfig, data: TrainingData, captions: IntArray) -> list[FloatArray | None]:
    """The vectors of some captions, of those towers that an English query goes through."""
    active = active_towers(config, "en")
    return [v[captions] if i in active else None for i, v in enumerate(data.texts)]
