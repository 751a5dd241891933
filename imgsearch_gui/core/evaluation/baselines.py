"""Plain models that results are compared with: a constant, a Lasso, and a plain fully connected network.

All but the constant predict from the image's and the caption's vectors side by side, standardised.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from imgsearch_gui.core.types.progress import TrainProgress

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from imgsearch_gui.core.encoders.base import FloatArray
    from imgsearch_gui.core.matching.training_data import IntArray, TrainingData

    Predict = Callable[[FloatArray], FloatArray]
    Fold = tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]

CONSTANT, LASSO, NETWORK = "constant", "lasso", "plain_network"
# A larger one leaves hardly a weight, a smaller one fits the training pairs only.
_LASSO_ALPHA = 0.01
_HIDDEN = 128
_BATCH = 200
_PASSES = 50  # at most: early stopping ends a fit well before
_PATIENCE = 4
_HELD_OUT = 0.1  # of the images, to stop by
_SEED = 0


def fold_predictions(
    data: TrainingData, folds: Sequence[Fold]
) -> Generator[TrainProgress, None, dict[str, FloatArray]]:
    """Predicts each judged pair by baselines fitted on the other folds.

    Args:
        data: the pairs.
        folds: training rows and test rows of each fold.

    Yields:
        Progress.

    Returns:
        Predictions of ``data.judged`` by the baseline's name, float32 [n].
    """
    judged = data.judged
    predicted = {name: np.empty(len(judged), np.float32) for name in (CONSTANT, LASSO, NETWORK)}
    for number, (train, test) in enumerate(folds):
        yield TrainProgress("Baselines", number, len(folds))
        predicted[CONSTANT][test] = judged.targets[train].mean()
        given = _features(data, test)
        for name, predict in _fitted(data, train).items():
            predicted[name][test] = predict(given)
    return predicted


def pool_scores(
    data: TrainingData, images: npt.NDArray[np.floating[Any]], queries: Sequence[FloatArray]
) -> Generator[TrainProgress, None, dict[str, FloatArray]]:
    """Scores every query against every image of a pool, by baselines fitted on all judged pairs.

    Args:
        data: the pairs.
        images: image vectors of the pool, any float [images, dim].
        queries: the queries' vectors of each text encoder, float32 [queries, dim].

    Yields:
        Progress.

    Returns:
        Scores by the baseline's name, float32 [queries, images]. The constant ranks nothing and is not there.
    """
    models = _fitted(data, np.arange(len(data.judged)))
    scores = {name: np.empty((len(queries[0]), len(images)), np.float32) for name in models}
    for row in range(len(queries[0])):
        yield TrainProgress("Baselines", row, len(queries[0]))
        given = _side_by_side(images, [np.tile(part[row], (len(images), 1)) for part in queries])
        for name, predict in models.items():
            scores[name][row] = predict(given)
    return scores


def _fitted(data: TrainingData, rows: npt.NDArray[np.intp]) -> dict[str, Predict]:
    """Fits the Lasso and the network on some judged pairs."""
    from sklearn.linear_model import Lasso
    from sklearn.preprocessing import StandardScaler, normalize

    scaler = StandardScaler()
    given = scaler.fit_transform(_features(data, rows))
    targets = data.judged.targets[rows]
    lasso = Lasso(_LASSO_ALPHA).fit(given, targets)
    # Thousands of inputs of unit deviation drown a network's first steps: its error stays above the
    # constant's. Of unit length together they do not.
    network = _network(normalize(given, copy=False), targets, data.judged.images[rows])
    return {
        LASSO: lambda features: lasso.predict(scaler.transform(features)),
        NETWORK: lambda features: network.predict(normalize(scaler.transform(features), copy=False)),
    }


def _network(given: FloatArray, targets: FloatArray, images: IntArray) -> Any:  # noqa: ANN401 - likewise
    """Fits a network of one hidden layer; it stops when images set apart for this get no better.

    scikit-learn's own early stopping sets pairs apart, not images, and so stops too late.
    """
    from sklearn.neural_network import MLPRegressor

    kinds = np.unique(images)
    count = max(1, round(_HELD_OUT * len(kinds)))
    apart = np.isin(images, np.random.default_rng(_SEED).choice(kinds, count, replace=False))
    batch = min(_BATCH, int((~apart).sum()))
    model = MLPRegressor(hidden_layer_sizes=(_HIDDEN,), batch_size=batch, random_state=_SEED)
    best, kept, worse = np.inf, model, 0
    for _ in range(_PASSES):
        model.partial_fit(given[~apart], targets[~apart])
        error = float(np.square(model.predict(given[apart]) - targets[apart]).mean())
        if error < best:
            best, kept, worse = error, copy.deepcopy(model), 0
        else:
            worse += 1
        if worse == _PATIENCE:
            break
    return kept


def _features(data: TrainingData, rows: npt.NDArray[np.intp]) -> FloatArray:
    captions = data.judged.captions[rows]
    return _side_by_side(data.images[data.judged.images[rows]], [text[captions] for text in data.texts])


def _side_by_side(images: npt.NDArray[np.floating[Any]], texts: Sequence[FloatArray]) -> FloatArray:
    return np.hstack([images.astype(np.float32), *texts])
