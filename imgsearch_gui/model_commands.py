"""What ``imgsearch-gui models`` does: the window's list of models, for the command line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from imgsearch_gui import paths
from imgsearch_gui.cli import print_json
from imgsearch_gui.core.matching.model_store import ModelStore

if TYPE_CHECKING:
    import argparse

    from imgsearch_gui.core.types.training import KeptModel


def models(options: argparse.Namespace) -> int:
    """Lists the models, or does with one of them what the action says."""
    store = ModelStore(paths.kept_models(), paths.bundled_model())
    actions = {"use": _use, "import": _import, "export": _export, "delete": _delete}
    if options.action in actions:
        actions[options.action](store, options)
        return 0
    listed = store.models()
    if options.json:
        print_json([_as_json(model) for model in listed])
        return 0
    for model in listed:
        print(_line(model))
        if model.fault:
            print(f"{model.id}: {model.fault}", file=sys.stderr)
    return 0


def _use(store: ModelStore, options: argparse.Namespace) -> None:
    store.load(options.id)  # told now, not at the next search
    store.use(options.id)
    _tell_used(store)


def _import(store: ModelStore, options: argparse.Namespace) -> None:
    model_id = store.add(options.file)
    print(f"Added as {model_id}; to search by it, type: imgsearch-gui models use {model_id}")


def _export(store: ModelStore, options: argparse.Namespace) -> None:
    store.export(options.id, options.file)
    print(f"Copied to {options.file}.")


def _delete(store: ModelStore, options: argparse.Namespace) -> None:
    used = store.in_use == options.id
    store.delete(options.id)
    print(f"Deleted {options.id}.")
    if used:
        _tell_used(store)


def _tell_used(store: ModelStore) -> None:
    print(f"Searches use “{store.describe(store.in_use).name}” now.")


def _line(model: KeptModel) -> str:
    """One line of the list: what is in use bears a star."""
    created = f"{model.created:%Y-%m-%d}" if model.created is not None else "-"
    pairs = model.counts.get("judged_pairs", "-")
    figures = ", ".join(f"{name} {value:.4g}" for name, value in sorted(model.metrics.items()))
    return (
        f"{'*' if model.in_use else ' '} {model.id:16}  {created:10}  {pairs!s:>7} pairs  "
        f"{model.name}  ({model.data or '-'}; {'cannot be used' if model.fault else figures or '-'})"
    )


def _as_json(model: KeptModel) -> dict[str, object]:
    return {
        "id": model.id,
        "name": model.name,
        "created": None if model.created is None else model.created.isoformat(),
        "data": model.data,
        "counts": dict(model.counts),
        "metrics": dict(model.metrics),
        "in_use": model.in_use,
        "fault": model.fault,
    }
