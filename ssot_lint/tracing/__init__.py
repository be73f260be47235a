"""Every path to an object, and who takes it; the modules that only pass names on, and who still needs them."""

from __future__ import annotations

from ssot_lint.tracing.model import ObjectPath, Quote, ShimUse, Site, Trace
from ssot_lint.tracing.naming import UnknownName
from ssot_lint.tracing.shims import trace_shims
from ssot_lint.tracing.sites import Tree
from ssot_lint.tracing.trace import trace

__all__ = ["ObjectPath", "Quote", "ShimUse", "Site", "Trace", "Tree", "UnknownName", "trace", "trace_shims"]
