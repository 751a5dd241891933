"""How far long work has come."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IndexProgress:
    """One step of indexing a folder.

    Attributes:
        stage: ``"scan"`` (walking the folder), ``"embed"`` (reading new images), ``"date"`` (looking for
            the dates of images that were read before), ``"prepare"`` (making ready for searches), ``"done"``.
        done: images finished in this stage; in ``"scan"``, files seen so far.
        total: images to do in this stage; ``None`` while it is not known.
        embedded: new or changed images stored so far.
        unchanged: images that needed no work.
        removed: images whose file is gone since the last time: they are missing from now on.
        failed: images that could not be read so far.
        away: images kept as they are because the drive with their files is not there.
        returned: images that were missing and are there again.
    """

    stage: str
    done: int
    total: int | None
    embedded: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: int = 0
    away: int = 0
    returned: int = 0

    @property
    def changed(self) -> bool:
        """Whether there are other images now than before."""
        return self.embedded + self.removed + self.returned > 0


@dataclass(frozen=True, slots=True)
class TrainProgress:
    """One step of training.

    Attributes:
        stage: a few words for the user (``"image vectors"``, ``"heads"``, ``"score"`` …).
        done: steps finished in this stage.
        total: steps of this stage.
        train_loss: the latest training loss, where there is one.
        validation_rmse: the latest RMSE on unseen images, where there is one.
        train_rmse: the latest RMSE on the pairs that are trained on, where there is one.
    """

    stage: str
    done: int
    total: int
    train_loss: float | None = None
    validation_rmse: float | None = None
    train_rmse: float | None = None
