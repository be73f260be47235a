from __future__ import annotations

from collections.abc import Callable

import pytest

from ssot_lint.project import Project

OpenProject = Callable[[str], Project]
MakeProject = Callable[[dict[str, str]], Project]


class TestWhatAStarBinds:
    @pytest.mark.parametrize(
        ("module", "expected"),
        [
            ("kit.base", {"Shape"}),
            ("kit.shapes", {"Shape", "Circle", "Red"}),
            ("kit.colours", {"Red", "_Secret"}),
            ("kit.sums", {"Shape", "Red", "_Secret", "One", "Two", "Three"}),
            ("kit.spread", {"Red", "_Secret", "Own"}),
            ("kit.handed_on", {"Red", "_Secret"}),
            ("kit.computed", None),
            ("kit.takes_computed", None),
            ("kit.foreign", None),
            ("kit.takes_foreign", None),
            ("kit.ring_a", {"InA", "InB"}),
            ("kit.ring_b", {"InA", "InB"}),
            ("kit.parts", {"spin", "wheel"}),
            ("kit.takes_parts", {"spin", "wheel"}),
            ("kit.listed", {"inner"}),
            ("kit", {"Circle", "Shape", "Red", "Late", "shapes", "colours", "late"}),
            ("kit.gone", None),
            ("elsewhere", None),
        ],
    )
    def test_of_the_small_project(self, project: OpenProject, module: str, expected: set[str] | None) -> None:
        exports = project("stars").star_exports(module)
        assert (None if exports is None else set(exports)) == expected

    @pytest.mark.parametrize("module", ["mod.replaced", "mod.broken", "mod.stub", "mod.by_globals"])
    def test_of_modules_that_are_not_known(self, project: OpenProject, module: str) -> None:
        assert project("tricks").star_exports(module) is None

    def test_of_a_module_with_getattr(self, project: OpenProject) -> None:
        assert project("tricks").star_exports("mod.by_getattr") == frozenset({"KNOWN"})


class TestAll:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("__all__ = ['a', 'b']", {"a", "b"}),
            ("__all__ = ('a',)", {"a"}),
            ("__all__ = {'a'}", {"a"}),
            ("__all__ = []", set()),
            ("__all__: list[str] = ['a']", {"a"}),
            ("__all__ = names = ['a']", {"a"}),
            ("__all__ = ['a'] + ['b'] + ['c']", {"a", "b", "c"}),
            ("__all__ = ['a'] + list(('b',))", {"a", "b"}),
            ("__all__ = sorted(['b', *['a']])", {"a", "b"}),
            ("__all__ = ['a']\n__all__ += ['b']", {"a", "b"}),
            ("__all__ = ['a']\n__all__ = __all__ + ['b']", {"a", "b"}),
            ("__all__ = ['a']\n__all__.append('b')\n__all__.extend(('c', 'd'))", {"a", "b", "c", "d"}),
            ("__all__ = ['b', 'a']\n__all__.remove('b')\n__all__.sort()", {"a"}),
            ("__all__ = ['a']\nprint(__all__.index('a'))", {"a"}),
            ("__all__ = ['a']\n__all__ = ['b']", {"b"}),
            ("import other\n__all__ = other.__all__", {"x"}),
            ("import other\n__all__ = ['a']\n__all__ += other.__all__", {"a", "x"}),
            ("from other import __all__ as theirs\n__all__ = [*theirs, 'a']", {"a", "x"}),
            ("from other import *\nfrom other import __all__", {"x"}),
            ("import plain\n__all__ = plain.__all__", None),
            ("import elsewhere\n__all__ = elsewhere.__all__", None),
            ("__all__ = [n for n in dir()]", None),
            ("__all__ = ['a']\n__all__ += [n for n in dir()]", None),
            ("__all__ = [name]", None),
            ("__all__ = make()", None),
            ("__all__ = make(['a'])", None),
            ("__all__ = list()", None),
            ("__all__ = None", None),
            ("__all__ = ['a']\n__all__ *= 2", None),
            ("__all__ = ['a']\n__all__.pop()", None),
            ("__all__ = ['a']\n__all__.insert(0, 'b')", None),
            ("__all__ = ['a']\n__all__.discard('a')", None),
            ("__all__ = ['a']\n__all__[0] = 'b'", {"a"}),
            ("__all__ = ['a']\ndel __all__", None),
            ("if flag:\n    __all__ = ['a']", None),
            ("__all__ = ['a']\nif flag:\n    __all__.append('b')", None),
            ("try:\n    from other import __all__\nexcept ImportError:\n    __all__ = []", None),
            ("for name in 'ab':\n    __all__ = [name]", None),
            ("def f():\n    __all__ = ['a']\npublic = 1", {"f", "public"}),
        ],
    )
    def test_forms(self, texts: MakeProject, text: str, expected: set[str] | None) -> None:
        project = texts({"pkg.py": text, "other.py": "__all__ = ['x']\nx = 1", "plain.py": "x = 1"})
        exports = project.star_exports("pkg")
        assert (None if exports is None else set(exports)) == expected

    def test_a_sum_of_any_length(self, texts: MakeProject) -> None:
        text = "__all__ = " + " + ".join(f"['n{n}']" for n in range(2000))
        exports = texts({"pkg.py": text}).star_exports("pkg")
        assert exports is not None
        assert len(exports) == 2000
