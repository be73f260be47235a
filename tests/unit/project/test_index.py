"""What names stand for, one table for each of the small projects in ``tests/projects``.

``origin`` is found; ``None`` is missing; ``{...}`` is unknown with these possible origins; ``(origin, {...})`` is found
with other possible origins besides.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_lint.project import Project
from ssot_lint.project.answers import Resolution

OpenProject = Callable[[str], Project]
MakeProject = Callable[[dict[str, str]], Project]
Expected = str | None | set[str] | tuple[str, set[str]]

ALIASES: dict[str, Expected] = {
    "shop.orders.Order": "shop.orders.Order",
    "shop.Order": "shop.orders.Order",
    "shop:Order": "shop.orders.Order",
    "shop.place_order": "shop.orders.place",
    "shop.purchases": "shop.orders",
    "shop.purchases.Order": "shop.orders.Order",
    "shop.purchases:Order": None,
    "shop.Purchase": "shop.orders.Order",
    "shop": "shop",
    "shop:": "shop",
    "shop.orders": "shop.orders",
    "shop.orders.__name__": "shop.orders.__name__",
    "shop.place": None,
    "shop.gone": None,
    "shop.gone.Thing": None,
    "shop.gone:Thing": None,
    "shop.legacy.orders.Order": "shop.orders.Order",
    "shop.legacy.renamed": "shop.orders",
    "shop.legacy.Order": "shop.orders.Order",
    "shop.legacy.submit": "shop.orders.place",
    "shop.legacy.Basket": "shop.orders.Order",
    "shop.legacy.Cart": "shop.orders.Order",
    "shop.legacy.Bag": "shop.orders.Order",
    "shop.legacy.Trolley": "shop.orders.Order",
    "shop.legacy.Same": "shop.orders.Order",
    "shop.legacy.Either": ("shop.legacy.Either", {"shop.orders.Order", "shop.orders.place"}),
    "shop.legacy.Fallback": ("shop.legacy.Fallback", {"shop.orders.Order", "shop.orders.place"}),
    "shop.legacy.Made": "shop.legacy.Made",
    "shop.legacy.Made.attribute": {"shop.legacy.Made.attribute"},
    "shop.legacy.Text": {"builtins.str"},
    "shop.legacy.Text.join": {"builtins.str.join"},
    "shop.legacy.Undefined": None,
    "shop.legacy.Pair": "shop.legacy.Pair",
    "shop.legacy.Rest": "shop.legacy.Rest",
    "shop.legacy.os": {"os"},
    "shop.legacy.os.path": {"os.path"},
    "shop.orders.Ticket": "shop.orders.Order",
    "shop.orders.First": "shop.orders.Order",
    "shop.orders.Third": "shop.orders.place",
    "shop.orders.Fourth": "shop.orders.place",
    # `Draft` is bound again below: what was taken from it before is neither of what it stood for, for certain.
    "shop.orders.Draft": "shop.orders.Order",
    "shop.legacy.Sketch": "shop.orders.Order",
    "shop.orders.Kept": ("shop.orders.Kept", {"shop.orders.Order"}),
    "shop.orders.Second": ("shop.orders.Second", {"shop.orders.Order"}),
    "shop.orders.Fifth": ("shop.orders.Fifth", {"shop.orders.Order"}),
    "shop.orders.wrapped": "shop.orders.wrapped",
    "shop.orders.Bare": ("shop.orders.Bare", {"shop.orders.wrapped"}),
    "logging.getLogger": {"logging.getLogger"},
    "logging:getLogger": {"logging.getLogger"},
    "elsewhere": {"elsewhere"},
    "": {""},
}

CONDITIONS: dict[str, Expected] = {
    "app.fallbacks.Engine": ("app.fallbacks.Engine", {"app.real.Engine"}),
    "app.fallbacks.Engine.run": {"app.fallbacks.Engine.run", "app.real.Engine.run"},
    "app.fallbacks.Motor": ("app.fallbacks.Motor", {"fastengine.Motor", "app.real.Motor"}),
    "app.fallbacks.SameEngine": "app.real.Engine",
    "app.fallbacks.OnlyFallback": ("app.real.Engine", {"app.gone.Engine"}),
    "app.fallbacks.Guarded": "app.real.Engine",
    "app.fallbacks.AfterAnother": {"app.real.Engine"},
    "app.fallbacks.GuardedGone": None,
    "app.fallbacks.OrRaise": "app.real.Engine",
    "app.fallbacks.OrExit": "app.real.Engine",
    "app.fallbacks.Finally": "app.real.Engine",
    "app.fallbacks.AfterRaise": "app.real.Engine",
    "app.branches.Chosen": ("app.branches.Chosen", {"app.real.Engine", "app.real.Motor"}),
    "app.branches.Alike": "app.real.Engine",
    "app.branches.Sometimes": {"app.real.Engine"},
    "app.branches.Overridden": "app.real.Engine",
    "app.branches.TypingOnly": {"app.real.Engine"},
    "app.branches.TypingAndNot": ("app.real.Motor", {"app.real.Engine"}),
    "app.branches.RunTimeOnly": "app.real.Engine",
    "app.branches.Never": {"app.real.Engine"},
    "app.branches.Script": {"app.real.Engine"},
    "app.branches.Within": "app.real.Engine",
    "app.branches.Caught": "app.branches.Caught",
    "app.branches.Suppressed": "app.real.Engine",
    "app.branches.Risky": {"app.real.Engine"},
    "app.branches.Looped": {"app.branches.Looped"},
    "app.branches.InLoop": {"app.real.Engine"},
    "app.branches.Matched": ("app.branches.Matched", {"app.real.Engine", "app.real.Motor"}),
    "app.branches.Captured": {"app.branches.Captured"},
    "app.branches.Deleted": {"app.branches.Deleted"},
    "app.branches.variant": "app.branches.variant",
    "app.branches.walrus": {"app.real.Engine"},
    "app.branches.Branch": "app.real.Engine",
}

STARS: dict[str, Expected] = {
    "kit.Circle": "kit.shapes.Circle",
    "kit.Shape": "kit.base.Shape",
    "kit.Red": "kit.colours.Red",
    "kit._Secret": "kit.colours._Secret",
    "kit._hidden": None,
    "kit.Unlisted": None,
    "kit.Late": "kit.late.Late",
    "kit.sums.Red": "kit.colours.Red",
    "kit.handed_on.Red": "kit.colours.Red",
    "kit.handed_on.Private": "kit.handed_on.Private",
    "kit.spread._Secret": "kit.colours._Secret",
    "kit.shadowing.Red": "kit.shadowing.Red",
    "kit.before.Red": "kit.colours.Red",
    "kit.between.Red": ("kit.between.Red", {"kit.base.Shape", "kit.colours.Red", "kit.shapes.Red"}),
    "kit.before.Scarlet": "kit.colours.Red",
    "kit.takes_computed.Shape": {"kit.base.Shape"},
    "kit.takes_computed.Anything": None,  # whatever its `__all__` is
    "kit.foreign.Anything": {"unknown_library.Anything"},
    "kit.foreign.Own": "kit.foreign.Own",
    "kit.foreign.Shape": "kit.base.Shape",
    "kit.takes_foreign.Own": "kit.foreign.Own",
    "kit.takes_foreign.Shape": "kit.base.Shape",
    "kit.takes_foreign.Anything": {"unknown_library.Anything"},
    "kit.takes_foreign._private": None,
    "kit.takes_partly.Shape": "kit.base.Shape",
    "kit.takes_partly.Other": None,  # what it hands on, it does not have
    "kit.sometimes.Circle": {"kit.shapes.Circle"},
    "kit.sometimes.Red": {"kit.shapes.Red", "kit.colours.Red"},
    "kit.sometimes.Shape": ("kit.base.Shape", set()),
    "kit.ring_a.InA": "kit.ring_a.InA",
    "kit.ring_a.InB": "kit.ring_b.InB",
    "kit.ring_b.InA": "kit.ring_a.InA",
    "kit.ring_a.Neither": None,
    "kit.takes_parts.spin": "kit.parts.wheel.spin",
    "kit.takes_parts.wheel": "kit.parts.wheel",
    "kit.takes_parts.axle": {"kit.parts.axle"},  # bound if anybody has imported it before
    "kit.takes_parts.gone": None,
    "kit.takes_listed.inner": "kit.listed.inner",
    "kit.takes_deleted.Circle": {"kit.shapes.Circle"},
}

SUBMODULES: dict[str, Expected] = {
    "box.lid": "box.lid",
    "box.lid.Lid": "box.lid.Lid",
    "box:lid": "box.lid",
    "box.handle": "box.handle",
    "box.inner": "box.inner",
    "box.inner.shallow.Shallow": "box.inner.shallow.Shallow",
    "box.hinge": ("box.hinge.hinge", {"box.hinge"}),
    "box:hinge": ("box.hinge.hinge", {"box.hinge"}),
    "box.hinge:hinge": "box.hinge.hinge",
    "box.hinge_module": "box.hinge",
    "box.Screw": "box.screw.Screw",
    "box.screw": "box.screw",
    "box.deep": "box.inner.deep",
    "box.box": "box",
    "box.box.label": "box.label",
    "box.lock": ("box:lock", {"box.lock"}),
    "box.lock:Lock": "box.lock.Lock",
    "box.lock.Lock": {"box:lock.Lock", "box.lock.Lock"},
    "box.nail": ("box:nail", {"box.nail"}),
    "box.clash.IN_PACKAGE": "box.clash.IN_PACKAGE",
    "box.clash.WHICH": None,
    "box.rebound.function": ("box.hinge.hinge", {"box.hinge"}),
    "box.rebound.hinge": ("box.hinge.hinge", {"box.hinge"}),
    "box.rebound.module": "box.lid",
    "box.rebound.lid": "box.lid",
    "box.inner.cover": "box.lid",
    "box.inner.Bolt": "box.screw.Screw",
    "box.inner.beyond": {"box.inner.beyond"},
    "box.inner.deep.shallow": "box.inner.shallow",
    "box.stale.thing": ("box.stale:thing", {"box.stale.thing"}),
    "box.stale.thing:Part": "box.stale.thing.Part",
    "box.gone": None,
    "box.lid.gone": None,
    "box.lid.gone.more": None,
}

NAMESPACES: dict[str, Expected] = {
    "common": "common",
    "common.first.First": "common.first.First",
    "common.second.Second": "common.second.Second",
    "common.first.Shadowed": None,
    "common.gone": {"common.gone"},
    "common.nested.gone": None,
    "common.nested.gone:Name": None,
    "vendor.maker.gone": {"vendor.maker.gone"},
    "regular.folder.gone": None,
    "twice.HERE": "twice.HERE",
    "twice.THERE": None,
    "loose.REGULAR": "loose.REGULAR",
    "loose.part": None,
    "logging.handlers": {"logging.handlers"},
    "docs.readme": {"docs.readme"},
}

TRICKS: dict[str, Expected] = {
    "mod.by_globals.KNOWN": "mod.by_globals.KNOWN",
    **{
        f"mod.by_{way}.a": {f"mod.by_{way}.a"}
        for way in (
            "globals", "update", "alias", "vars", "setattr", "dict", "exec", "exec_globals", "getattr",
        )
    },
    "mod.by_getattr.KNOWN": "mod.by_getattr.KNOWN",
    "mod.harmless.a": None,
    "mod.replaced.KNOWN": {"mod.replaced.KNOWN"},
    "mod.replaced.a": {"mod.replaced.a"},
    "mod.replaced_by_import.a": {"mod.replaced_by_import.a"},
    "mod.invents.made": {"mod.invents.made"},
    "mod.invents.made:a": {"mod.invents.made.a"},
    "mod.extended.more": {"mod.extended.more"},
    "mod.stub": "mod.stub",
    "mod.stub.Typed": {"mod.stub.Typed"},
    "mod.binary": "mod.binary",
    "mod.binary.a": {"mod.binary.a"},
    "mod.both.SOURCE": "mod.both.SOURCE",
    "mod.both.STUB": None,
    "mod.broken.a": {"mod.broken.a"},
    "mod.broken.SOURCE": {"mod.broken.SOURCE", "mod.both.SOURCE"},
    "mod.broken.IN_PARENTHESES": {"mod.broken.IN_PARENTHESES", "mod.both.SOURCE"},
    "mod.takes_broken.SOURCE": {"mod.broken.SOURCE", "mod.both.SOURCE"},
    "mod.newer.SOURCE": "mod.both.SOURCE",
    "mod.newer.Generic": "mod.newer.Generic",
    "mod.newer.Generic.method": "mod.newer.Generic.method",
    "mod.newer.Alias": "mod.newer.Alias",
    "mod.newer.gone": None,
}  # fmt: skip

CIRCLES: dict[str, Expected] = {
    "ring.Shared": "ring.right.Shared",
    "ring.left.Shared": "ring.right.Shared",
    "ring.right.Here": "ring.left.Here",
    "ring.left.Lost": {"ring.left.Lost"},
    "ring.right.Lost": {"ring.right.Lost"},
    "ring.right.Maybe": ("ring.right.Maybe", {"ring.left.Maybe"}),
    "ring.left.Round": ("ring.left.Again", {"ring.left.Round"}),
    "ring.holders.One.other": ("ring.holders.One.other", {"ring.holders.Two.other"}),
}

REBINDING: dict[str, Expected] = {
    "state.lazy._instance": "state.lazy._instance",
    "state.user._instance": "state.lazy._instance",
    "state.lazy.Alias": ("state.lazy.Alias", {"state.tools.Tool"}),
    "state.user.Alias": ("state.lazy.Alias", {"state.tools.Tool"}),
    "state.lazy.declared": {"state.lazy.declared"},
    "state.lazy.made_inside": {"state.lazy.made_inside"},
    "state.lazy.imported": {"state.lazy.imported", "state.tools.Tool"},
    "state.user.Constant": "state.tools.Tool",
}

CLASSES: dict[str, Expected] = {
    "zoo.Beast.speak": "zoo.animals.Animal.speak",
    "zoo.animals.Animal.count": "zoo.animals.Animal.count",
    "zoo.animals.Animal.legs": "zoo.animals.Animal.legs",
    "zoo.animals.Animal.legs.real": {"zoo.animals.Animal.legs.real"},
    "zoo.animals.Animal.Inner": "zoo.animals.Animal.Inner",
    "zoo.Beast.Inner.deep": "zoo.animals.Animal.Inner.deep",
    "zoo.animals.Animal.Helper": ("zoo.animals.Animal.Helper", {"builtins.int"}),
    "zoo.animals.Animal.sometimes": {"zoo.animals.Animal.sometimes"},
    "zoo.animals.Animal.gone": {"zoo.animals.Animal.gone"},
    "zoo.animals.Dog.bark": "zoo.animals.Dog.bark",
    "zoo.animals.Dog.speak": {"zoo.animals.Dog.speak"},
    "zoo.animals.Twice": "zoo.animals.Twice",
    "zoo.animals.Twice.late": "zoo.animals.Twice.late",
    "zoo.animals.Twice.early": {"zoo.animals.Twice.early"},
    "zoo.animals.Variant": "zoo.animals.Variant",
    "zoo.animals.Variant.first": {"zoo.animals.Variant.first"},
    "zoo.animals.Keeper.speak": "zoo.animals.Animal.speak",
    "zoo.animals.pet.speak": {"zoo.animals.pet.speak"},
    "zoo.animals.Holder.held": ("zoo.animals.Holder.held", {"zoo.animals.Animal"}),
    "zoo.animals.Holder.alike": "zoo.animals.Holder.alike",
}

TABLES = {
    "aliases": ALIASES,
    "conditions": CONDITIONS,
    "stars": STARS,
    "submodules": SUBMODULES,
    "namespaces": NAMESPACES,
    "tricks": TRICKS,
    "circles": CIRCLES,
    "rebinding": REBINDING,
    "classes": CLASSES,
}


def outline(resolution: Resolution) -> Expected:
    if resolution.status == "missing":
        return None
    if resolution.status == "unknown":
        return set(resolution.possible)
    assert resolution.origin is not None
    others = set(resolution.possible) - {resolution.origin}
    return (resolution.origin, others) if others else resolution.origin


@pytest.mark.parametrize(
    ("case", "name", "expected"),
    [(case, name, expected) for case, table in TABLES.items() for name, expected in table.items()],
)
def test_what_a_name_stands_for(project: OpenProject, case: str, name: str, expected: Expected) -> None:
    resolution = project(case).resolve(name)
    assert outline(resolution) == (expected[0] if isinstance(expected, tuple) and not expected[1] else expected)
    assert resolution.chain[0] == name.replace(":", ".").rstrip(".")
    assert (resolution.origin is None) == (resolution.status != "found")


@pytest.mark.parametrize(
    ("case", "name", "chain"),
    [
        ("aliases", "shop.orders.Order", ["shop.orders.Order"]),
        ("aliases", "shop.Purchase", ["shop.Purchase", "shop.orders.Order"]),
        ("aliases", "shop.legacy.Trolley", ["shop.legacy.Trolley", "shop.purchases.Order", "shop.orders.Order"]),
        (
            "aliases",
            "shop.legacy.renamed.Ticket",
            ["shop.legacy.renamed.Ticket", "shop.purchases.Ticket", "shop.orders.Ticket", "shop.orders.Order"],
        ),
        ("stars", "kit.Shape", ["kit.Shape", "kit.shapes.Shape", "kit.base.Shape"]),
        ("classes", "zoo.Beast.Inner.deep", ["zoo.Beast.Inner.deep", "zoo.animals.Animal.Inner.deep"]),
        ("conditions", "app.fallbacks.GuardedGone", ["app.fallbacks.GuardedGone", "app.gone.Engine"]),
        ("submodules", "box.nail", ["box.nail"]),
    ],
)
def test_the_names_on_the_way(project: OpenProject, case: str, name: str, chain: list[str]) -> None:
    assert list(project(case).resolve(name).chain) == chain


@pytest.mark.parametrize("case", TABLES)
def test_no_answer_depends_on_what_was_asked_before(project: OpenProject, reopened: OpenProject, case: str) -> None:
    for order in (1, -1):
        again = reopened(case)
        for name in list(TABLES[case])[::order]:
            assert again.resolve(name) == project(case).resolve(name)


class TestLimits:
    def test_a_chain_of_any_length_ends_with_an_answer(self, texts: MakeProject) -> None:
        files = {f"pkg/m{n}.py": f"from pkg.m{n + 1} import X" for n in range(400)}
        project = texts({**files, "pkg/__init__.py": "", "pkg/m400.py": "class X: pass"})
        assert project.resolve("pkg.m370.X").origin == "pkg.m400.X"
        assert project.resolve("pkg.m0.X").status == "unknown"

    def test_so_does_a_chain_of_stars(self, texts: MakeProject) -> None:
        files = {f"pkg/m{n}.py": f"from pkg.m{n + 1} import *" for n in range(400)}
        project = texts({**files, "pkg/__init__.py": "", "pkg/m400.py": "class X: pass"})
        assert project.resolve("pkg.m370.X").origin == "pkg.m400.X"
        assert project.resolve("pkg.m0.X").status == "unknown"

    def test_modules_that_all_import_each_other_take_no_time(self, texts: MakeProject) -> None:
        names = [f"m{n}" for n in range(25)]
        everything = "".join(f"try:\n    from pkg.{name} import X\nexcept ImportError: pass\n" for name in names)
        project = texts({"pkg/__init__.py": "", **{f"pkg/{name}.py": everything for name in names}})
        assert project.resolve("pkg.m0.X").status == "unknown"

    def test_a_name_of_any_depth(self, project: OpenProject) -> None:
        assert project("aliases").resolve("shop" + ".shop" * 5000).status == "missing"
        assert project("aliases").resolve("other" + ".other" * 5000).status == "unknown"


def test_only_the_modules_on_the_way_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {
        "pkg/__init__.py": "from pkg.a import A\nfrom pkg.unrelated import B",
        "pkg/a.py": "from pkg.b import A\nimport pkg.unrelated",
        "pkg/b.py": "class A: pass",
        "pkg/unrelated.py": "class B: pass",
    }
    project = Project(tmp_path, (".",), tuple, {path: text.encode() for path, text in files.items()})
    read: list[str] = []
    original = project._bytes

    def spy(path: str) -> bytes | None:
        read.append(path)
        return original(path)

    monkeypatch.setattr(project, "_bytes", spy)
    for _ in range(2):
        assert project.resolve("pkg.A").origin == "pkg.b.A"
        assert project.resolve("pkg.a.A").origin == "pkg.b.A"
    assert read == ["pkg/__init__.py", "pkg/a.py", "pkg/b.py"]
