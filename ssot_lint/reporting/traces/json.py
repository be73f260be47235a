"""For programs: one object for a trace, an array of them for shims; rows count from 1."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ssot_lint.project.definitions import Definition
from ssot_lint.reporting.json import array
from ssot_lint.reporting.paint import Paint
from ssot_lint.reporting.traces.text import signature_text
from ssot_lint.tracing.model import ObjectPath, Quote, ShimUse, Site, Trace


def render_trace(trace: Trace, paint: Paint) -> Iterator[str]:
    """Yield the lines of the object that stands for ``trace``."""
    del paint  # the same for everybody
    value = {
        "name": trace.name,
        "origins": list(trace.origins),
        "notes": list(trace.notes),
        "definitions": list(map(_definition, trace.definitions)),
        "paths": list(map(_path, trace.paths)),
    }
    yield from json.dumps(value, indent=2).split("\n")


def render_shims(shims: Sequence[ShimUse], paint: Paint) -> Iterator[str]:
    """Yield the lines of the array of ``shims``."""
    del paint
    yield from array(
        {
            "module": shim.module,
            "filename": shim.path,
            "passes_on": list(shim.passes_on),
            "deletable": shim.deletable,
            "by_place": shim.by_place,
            "sites": _sites(shim.sites),
            "quotes": [_place(quote) for quote in shim.quotes],
        }
        for shim in shims
    )


def _definition(definition: Definition) -> dict[str, Any]:
    return {
        "name": definition.name,
        "kind": definition.kind,
        "filename": definition.path,
        "row": definition.row,
        "async": definition.is_async,
        "signature": signature_text(definition.signature) if definition.signature else None,
        "decorators": list(definition.decorators),
        "certain": definition.certain,
    }


def _path(path: ObjectPath) -> dict[str, Any]:
    return {
        "module": path.module,
        "name": path.name,
        "filename": path.file,
        "row": path.row,
        "standing": path.standing,
        "chain": list(path.chain),
        "sites": _sites(path.sites),
    }


def _sites(sites: Iterable[Site]) -> list[dict[str, Any]]:
    return [{**_place(site), "form": site.form} for site in sites]


def _place(place: Site | Quote) -> dict[str, Any]:
    return {"filename": place.path, "row": place.row}
