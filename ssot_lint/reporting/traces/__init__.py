"""Traces as text: one module an output format, each with ``render_trace`` and ``render_shims`` giving lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module

from ssot_lint.reporting.paint import Paint
from ssot_lint.tracing.model import ShimUse, Trace

FORMATS = ("text", "json", "dot", "mermaid")
"""The names of the output formats; each is a module of this package."""


def render_trace(output_format: str, trace: Trace, paint: Paint) -> Iterator[str]:
    """Yield the lines, without newlines, of ``trace`` in the format of that name (one of `FORMATS`)."""
    lines: Iterator[str] = import_module(f"{__name__}.{output_format}").render_trace(trace, paint)
    return lines


def render_shims(output_format: str, shims: Sequence[ShimUse], paint: Paint) -> Iterator[str]:
    """Yield the lines, without newlines, of what is known of ``shims``, likewise."""
    lines: Iterator[str] = import_module(f"{__name__}.{output_format}").render_shims(shims, paint)
    return lines
