"""Plain models that results are compared with: a constant, a Lasso, and a plain fully connected network.

All but the constant predict from the image's and the caption's vectors side by side, standardised.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from imgsearch_gui.core.types.progress import TrainProgress
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from imgsearch_gui.core.encoders.base import FloatArray
    from imgsearch_gui.core.matching.training_data import IntArray, PairSet, TrainingData

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
_QUERIES_AT_ONCE = 20


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
        models = yield from fitted(data, train, number, len(folds))
        for name, values in models.predictions(data, judged.take(test)).items():
            predicted[name][test] = values
    return predicted


class Baselines:
    """The Lasso and the network, fitted.

    Args:
        scaler: scikit-learn's, of the features.
        lasso: likewise.
        network: likewise.
        constant: the mean target of the pairs that they were fitted on.
    """

    def __init__(self, scaler: Any, lasso: Any, network: Any, constant: float) -> None:  # noqa: ANN401
        self._scaler, self._lasso, self._network, self._constant = scaler, lasso, network, constant

    def predictions(self, data: TrainingData, pairs: PairSet) -> dict[str, FloatArray]:
        """Predicts pairs, the constant too: float32 [n] by the baseline's name.

        Args:
            data: holds the pairs' images and captions.
            pairs: the pairs.
        """
        from sklearn.preprocessing import normalize

        given = self._scaler.transform(_features(data, pairs))
        return {
            CONSTANT: np.full(len(pairs), self._constant, np.float32),
            LASSO: np.asarray(self._lasso.predict(given), np.float32),
            NETWORK: np.asarray(self._network.predict(normalize(given, copy=False)), np.float32),
        }

    def pool_scores(
        self,
        images: npt.NDArray[np.floating[Any]],
        queries: Sequence[FloatArray],
        stage: str = sentence("Baselines"),
    ) -> Generator[TrainProgress, None, dict[str, FloatArray]]:
        """Scores every query against every image of a pool.

        Both begin with a sum of the image's part and the query's part, so that each is made once.

        Args:
            images: image vectors of the pool, any float [images, dim].
            queries: the queries' vectors of each text encoder, float32 [queries, dim].
            stage: what the progress is told as.

        Yields:
            Progress.

        Returns:
            Scores by the baseline's name, float32 [queries, images]. The constant ranks nothing and is not
            there.
        """
        dim = images.shape[1]
        sides = (images.astype(np.float32), slice(None, dim)), (np.hstack(queries), slice(dim, None))
        weights, out = self._network.coefs_
        bias, last = self._network.intercepts_
        linear, hidden, squares = [], [], []
        for side, columns in sides:
            given = (side - self._scaler.mean_[columns]) / self._scaler.scale_[columns]
            linear.append(given @ self._lasso.coef_[columns])
            hidden.append(given @ weights[columns])
            squares.append(np.square(given).sum(axis=1))
        scores: dict[str, FloatArray] = {
            LASSO: np.asarray(linear[0] + linear[1][:, None] + self._lasso.intercept_, np.float32),
            NETWORK: np.empty((len(squares[1]), len(squares[0])), np.float32),
        }
        for row in range(len(squares[1])):
            if row % _QUERIES_AT_ONCE == 0:
                yield TrainProgress(stage, row, len(squares[1]))
            length = np.sqrt(squares[0] + squares[1][row])[:, None]
            bent = np.maximum((hidden[0] + hidden[1][row]) / length + bias, 0)
            scores[NETWORK][row] = (bent @ out + last)[:, 0]
        return scores


def fitted(
    data: TrainingData, rows: npt.NDArray[np.intp], number: int = 0, count: int = 1
) -> Generator[TrainProgress, None, Baselines]:
    """Fits the baselines on some judged pairs.

    Args:
        data: the pairs.
        rows: those to fit on.
        number: which of several fits this is, for the progress.
        count: how many there are.

    Yields:
        Progress: the Lasso, then passes of the network.
    """
    from sklearn.linear_model import Lasso
    from sklearn.preprocessing import StandardScaler, normalize

    pairs = data.judged.take(rows)
    scaler = StandardScaler()
    given = scaler.fit_transform(_features(data, pairs))
    lasso = Lasso(_LASSO_ALPHA).fit(given, pairs.targets)
    yield TrainProgress(sentence("Baselines"), number * _PASSES, count * _PASSES)
    # Thousands of inputs of unit deviation drown a network's first steps: its error stays above the
    # constant's. Of unit length together they do not.
    steps = _network(normalize(given, copy=False), pairs.targets, pairs.images)
    network = next(steps)
    for done, best in enumerate(steps, 1):
        yield TrainProgress(sentence("Baselines"), number * _PASSES + done, count * _PASSES)
        network = best
    return Baselines(scaler, lasso, network, float(pairs.targets.mean()))


def _network(given: FloatArray, targets: FloatArray, images: IntArray) -> Iterator[Any]:
    """Fits a network of one hidden layer; it stops when images set apart for this get no better.

    Yields the best so far after each pass.

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
        yield kept
        if worse == _PATIENCE:
            break


def _features(data: TrainingData, pairs: PairSet) -> FloatArray:
    texts = [text[pairs.captions] for text in data.texts]
    return np.hstack([data.images[pairs.images].astype(np.float32), *texts])
