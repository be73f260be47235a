"""``duplicate-definition``: one name, defined in several modules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from ssot_lint.globs import longest_literal, matches_name, module_pattern_problem
from ssot_lint.model import Refusal, Violation
from ssot_lint.project.members import covers
from ssot_lint.rule import Example, Rule
from ssot_lint.source.scan import DEFINITIONS, Definition
from ssot_lint.source.triggers import Trigger

if TYPE_CHECKING:
    from ssot_lint.file import File
    from ssot_lint.project import Project

NAMED_OTHERS = 3
"""How many of the other modules a message names."""
EVERYWHERE = frozenset({"main", "upgrade", "downgrade"})
"""What every script, and every migration of a database, has to have a function for."""

FILES = {
    "shop/__init__.py": "from shop.results import Result\n",
    "shop/results.py": "class Result: ...\n\nasync def check(): ...\n\ndef main(): ...\n",
    "shop/values.py": "from shop.results import Result as Base\n\nTEXT = '''\nclass Price: ...\n'''\n",
    "tests/test_results.py": "class Result: ...\n\nclass Price: ...\n",
}
OPTIONS = {"packages": ["shop"]}
EXAMPLES = (
    Example(
        note="Two classes of one name: nobody can tell which of them is meant.",
        bad="class Result: ...\n",
        refusal="different-object",
        path="shop/orders.py",
        files=FILES,
        options=OPTIONS,
    ),
    Example(
        note="So with protocols and functions, be they `async` or not. The names may be given as globs.",
        bad="from typing import Protocol\n\nclass Result(Protocol): ...\n\ndef check(): ...\n",
        refusal="different-object",
        path="shop/orders.py",
        files=FILES,
        options={"names": ["Res*", "check"]},
    ),
    Example(
        note="With a canonical home only the others are flagged.",
        bad="class Result: ...\n",
        refusal="different-object",
        path="shop/orders.py",
        files=FILES,
        options={**OPTIONS, "canonical": ["shop.results.Result"]},
    ),
    Example(
        note="The canonical one may also be named by what passes it on.",
        ok="class Result: ...\n",
        path="shop/results.py",
        files={**FILES, "shop/orders.py": "class Result: ...\n"},
        options={**OPTIONS, "canonical": ["shop.Result"]},
    ),
    Example(
        note=(
            "What is imported, what is a variant in `if` or a fallback in `try`, what is in a string, private, in a "
            "test, or what every script has, is no second definition; overloads are one."
        ),
        ok=(
            "import sys\nfrom typing import overload\nfrom shop.results import Result\n\n"
            "if sys.platform == 'win32':\n    def check(): ...\nelse:\n    def check(): ...\n\n"
            "try:\n    from shop.results import check as Other\nexcept ImportError:\n    class Result: ...\n\n"
            "@overload\ndef price(of: int) -> int: ...\n@overload\ndef price(of: str) -> str: ...\n"
            "def price(of): ...\n\nclass Price: ...\n\ndef main(): ...\n\nif __name__ == '__main__':\n    main()\n"
        ),
        path="shop/orders.py",
        files=FILES,
        options=OPTIONS,
    ),
    Example(
        note="Other names and other packages.",
        ok="class Result: ...\n\nclass Total: ...\n",
        path="bank/orders.py",
        files=FILES,
        options={"names": ["Result", "Total"], "packages": ["shop", "bank.loans"]},
    ),
    Example(
        note="Tests count if asked for.",
        bad="class Price: ...\n",
        refusal="different-object",
        path="shop/orders.py",
        files={**FILES, "tests/__init__.py": ""},
        options={"names": ["Price"], "include-tests": True},
    ),
)


@dataclass(frozen=True, kw_only=True)
class DuplicateDefinition(Rule):
    """A class or function is defined under one name in several modules.

    ``names`` are globs of the names in question, by default all that are public; ``packages`` globs of the modules, and
    what is below them, by default all. ``canonical`` are dotted names of the definitions that are to stay: they are not
    flagged. Only what a module defines at its left margin counts: variants in ``if`` and fallbacks in ``try`` do not.
    Where the rule does not apply (``exclude``, ``allowed-in``, and tests unless asked for), nothing counts.
    """

    kind: ClassVar[str] = "duplicate-definition"
    default_message: ClassVar[str] = "`{name}` is defined in {count} modules, also in {others}{home}"
    placeholders: ClassVar[tuple[str, ...]] = ("symbol", "name", "count", "others", "home")
    needs: ClassVar[Literal["names", "project"]] = "project"
    examples: ClassVar[tuple[Example, ...]] = EXAMPLES

    include_tests: bool = False
    names_: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    canonical: tuple[str, ...] = ()

    def problems(self) -> Iterator[str]:
        """Say what is wrong with the options of this rule."""
        if not self.names_ and not self.packages:
            yield "give at least one of 'names' and 'packages'"
        yield from filter(None, map(module_pattern_problem, self.packages))
        yield from (f"'{name}' in 'canonical' is not in any module" for name in self.canonical if "." not in name)

    def triggers(self) -> Iterator[Trigger]:
        """Give what stands in every name that a glob matches."""
        yield from (Trigger(longest_literal(glob), part=True) for glob in self.names_)

    def concerns(self, name: str, project: Project) -> bool:
        """Say no: what is looked at are definitions."""
        return False

    def looks_at(self, path: str, module: str | None) -> bool:
        """Tell whether any name in the file may be a duplicate."""
        return not self.names_ and self._counts(path, module)

    def visit_file(self, file: File) -> Iterator[Violation]:
        """Look at the definitions at the left margin, the last one of each name."""
        if file.module is None or file.scan.partial or not self._counts(file.path, file.module):
            return
        nodes = (statement.node for statement in file.scan.block.statements)
        for name, node in {node.name: node for node in nodes if isinstance(node, DEFINITIONS)}.items():
            if self._governs(name):
                modules = file.project.namesakes(name, self._counts)
                if file.module in modules:
                    yield from self._violations(file, node, modules)

    def _governs(self, name: str) -> bool:
        if self.names_:
            return matches_name(name, self.names_)
        return not name.startswith("_") and name not in EVERYWHERE

    def _counts(self, path: str, module: str | None) -> bool:
        """Whether what the file defines may be a duplicate of something else."""
        if module is None or module.rpartition(".")[2] == "__main__":
            return False
        return covers(self.packages, module) and self.applies_to(path, module)

    def _violations(self, file: File, node: Definition, modules: tuple[str, ...]) -> Iterator[Violation]:
        own = f"{file.module}.{node.name}"
        home = next((name for name in self.canonical if name.rpartition(".")[2] == node.name), None)
        if home is not None and own in (home, file.project.resolve(home).origin):
            return
        others = [module for module in modules if module != file.module]
        start = file.text.string.index(node.name, file.scan.span(node)[0] + len("def"))
        yield self.violation(
            file,
            (start, start + len(node.name)),
            symbol=own,
            origin=own,
            outcome=Refusal("different-object", "two definitions are two objects; somebody has to make them one"),
            name=node.name,
            count=str(len(modules)),
            others=_listed(others),
            home=f"; its home is {home}" if home else "",
        )


def _listed(names: list[str]) -> str:
    more = len(names) - NAMED_OTHERS
    return ", ".join(names[:NAMED_OTHERS]) + (f" and {more} more" if more > 0 else "")
