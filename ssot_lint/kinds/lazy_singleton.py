"""``lazy-singleton``: one object for the whole process, made when somebody first asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, ClassVar

from ssot_lint.model import Fix, Refusal, Violation
from ssot_lint.project import Project
from ssot_lint.project.members import covers
from ssot_lint.rewriting.arguments import Argument
from ssot_lint.rule import Example, Rule
from ssot_lint.source.keeping import may_keep

if TYPE_CHECKING:
    from ssot_lint.file import File
    from ssot_lint.rewriting.governed import Governed, Made
    from ssot_lint.source.singletons import Kept

MADE_SO = "`{symbol}` is one {made} for the whole process: `{holder}` makes it so"

GOVERNED = {
    "chat/__init__.py": "",
    "chat/manager.py": "class Manager: ...\n\ndef new_manager(user): ...\n\nasync def open_manager(user): ...\n",
    "chat/service.py": """
        from chat import example

        class Service:
            def stop(self, user):
                example.get_manager().stop(user)
        """,
}
ASKED = {
    "classes": ["chat.manager.Manager"],
    "factory": "chat.manager.new_manager",
    "arguments": {"user": {"required": True, "in-scope": ["user", "self.user"]}},
}
FILES = {
    "chat/__init__.py": "",
    "chat/manager.py": """
        class Manager: ...

        class Settings: ...

        def create_manager(user=None): ...
        """,
}
example = partial(Example, files=FILES, refusal="redesign")
EXAMPLES = (
    example(
        note="A getter that makes the object when it is first called; locks and checking twice change nothing.",
        bad="""
            import threading
            from chat.manager import Manager

            _manager = None
            _lock = threading.Lock()

            def get_manager():
                global _manager
                if _manager is None:
                    with _lock:
                        if _manager is None:
                            _manager = Manager()
                return _manager
            """,
    ),
    example(
        note="So does an async one, and one that gives the object a name first.",
        bad="""
            from chat import manager as m

            _manager: "m.Manager | None" = None

            async def get_manager():
                global _manager
                if not _manager:
                    made = m.Manager()
                    await made.start()
                    _manager = made
                return _manager
            """,
    ),
    example(
        note="What initialises the process makes one object for all, too, be it the result of a factory.",
        bad="""
            from chat.manager import create_manager

            manager = None

            async def startup():
                global manager
                manager = await create_manager()
            """,
    ),
    example(
        note="A class that keeps its only instance: by `__new__`, by a class method, by its own name.",
        bad="""
            class A:
                _instance = None

                def __new__(cls):
                    if cls._instance is None:
                        cls._instance = super().__new__(cls)
                    return cls._instance

            class B:
                _only = None

                @classmethod
                def instance(cls):
                    cls._only = cls._only or cls()
                    return cls._only

            class C:
                @staticmethod
                def get():
                    if not hasattr(C, "_it"):
                        C._it = C()
                    return C._it
            """,
    ),
    example(
        note="Metaclasses and decorators that do so for any class, and the classes they do it for.",
        bad="""
            class OneOf(type):
                _instances = {}

                def __call__(cls, *args, **kwargs):
                    if cls not in cls._instances:
                        cls._instances[cls] = super().__call__(*args, **kwargs)
                    return cls._instances[cls]

            def only_one(wanted):
                made = {}
                def get(*args):
                    if wanted not in made:
                        made[wanted] = wanted(*args)
                    return made[wanted]
                return get

            class A(metaclass=OneOf): ...

            @only_one
            class B: ...
            """,
    ),
    example(
        note="The Borg: many objects, one state.",
        bad="""
            class Borg:
                _shared: dict = {}

                def __init__(self):
                    self.__dict__ = self._shared
            """,
    ),
    example(
        note="A cache on a function without parameters keeps what that makes.",
        bad="""
            from functools import cache, lru_cache
            from chat.manager import Manager

            @lru_cache(maxsize=1)
            def get_manager() -> Manager:
                manager = Manager()
                return manager

            class Home:
                @classmethod
                @cache
                def manager(cls):
                    return Manager()
            """,
    ),
    example(
        note="Attributes of functions, names made by hand, and what a module computes when it is asked.",
        bad="""
            from chat.manager import Manager

            def get_manager():
                if not hasattr(get_manager, "it"):
                    get_manager.it = Manager()
                return get_manager.it

            def by_hand():
                if "_manager" not in globals():
                    globals()["_manager"] = Manager()
                return globals()["_manager"]

            def __getattr__(name):
                if name == "manager":
                    globals()[name] = value = Manager()
                    return value
                raise AttributeError(name)
            """,
    ),
    example(
        note="Which classes matter can be said, by where they are defined or by what they are called.",
        bad="""
            from chat.manager import Manager

            _manager = None

            def get_manager():
                global _manager
                if _manager is None:
                    _manager = Manager()
                return _manager
            """,
        options={"class-patterns": ["*Manager"]},
    ),
    Example(
        note="Others do not matter then, and what may be shared can be said as well.",
        ok="""
            from functools import lru_cache
            from chat.manager import Settings

            _settings = None

            def get_settings():
                global _settings
                if _settings is None:
                    _settings = Settings()
                return _settings

            @lru_cache
            def cached_settings():
                return Settings()
            """,
        files=FILES,
        options={"but-not": ["*Settings"]},
    ),
    Example(
        note="With a factory, calls in functions become calls of that, in all modules, and what kept the object goes.",
        bad="""
            from chat.manager import Manager
            _manager = None

            def get_manager():
                global _manager
                if _manager is None:
                    _manager = Manager()
                return _manager

            def send(user, text):
                get_manager().send(text)
            """,
        good="""
            from chat.manager import new_manager


            def send(user, text):
                new_manager(user=user).send(text)
            """,
        unsafe=True,
        path="chat/example.py",
        files=GOVERNED,
        options=ASKED,
    ),
    Example(
        note="An async factory is awaited; a cache goes with its function.",
        bad="""
            from functools import cache
            from chat.manager import Manager

            @cache
            def get_manager():
                return Manager()

            async def send(user, text):
                await get_manager().send(text)
            """,
        good="""
            from chat.manager import open_manager


            async def send(user, text):
                await (await open_manager(user=user)).send(text)
            """,
        unsafe=True,
        path="chat/example.py",
        files={"chat/__init__.py": "", "chat/manager.py": GOVERNED["chat/manager.py"]},
        options={**ASKED, "factory": "chat.manager.open_manager"},
    ),
    Example(
        note="What needs it keeps it, and is told: a call without context or at import, what hands it on or resets it.",
        bad="""
            from chat.manager import Manager

            _manager = None

            def get_manager():
                global _manager
                if _manager is None:
                    _manager = Manager()
                return _manager

            def reset():
                global _manager
                _manager = None

            def send(text):
                get_manager().send(text)

            def later(user):
                return get_manager

            now = get_manager()
            """,
        refusal="used-here",
        path="chat/example.py",
        files={"chat/__init__.py": "", "chat/manager.py": GOVERNED["chat/manager.py"]},
        options=ASKED,
    ),
    Example(
        note="Objects of other libraries, values, counters, and objects made anew are left alone.",
        ok="""
            import threading
            from functools import cache
            from chat.manager import Manager

            _count = 0
            _lock = None
            _rows = None

            def count():
                global _count
                _count = _count + 1
                return _count

            def lock():
                global _lock
                _lock = _lock or threading.Lock()
                return _lock

            def rows():
                global _rows
                _rows = [1, 2] if _rows is None else _rows
                return _rows

            def manager():
                made = Manager()
                return made

            @cache
            def square(x):
                return x * x

            @cache
            def version():
                return "1.0"
            """,
        files=FILES,
    ),
    Example(
        note="So are names imported when they are asked for, what a test puts in place, and an own `__new__`.",
        ok="""
            import importlib

            _lazy_imports = {}
            _manager = None

            def __getattr__(name):
                module = importlib.import_module(f"chat.{name}")
                globals()[name] = module
                return module

            def lazy_import(name):
                if name not in _lazy_imports:
                    _lazy_imports[name] = importlib.import_module(name)
                return _lazy_imports[name]

            def set_manager(manager):
                global _manager
                _manager = manager

            def reset():
                global _manager
                _manager = None

            class Point(tuple):
                __slots__ = ()

                def __new__(cls, x, y):
                    return super().__new__(cls, (x, y))

                @classmethod
                def origin(cls):
                    return cls(0, 0)
            """,
        files=FILES,
    ),
)


@dataclass(frozen=True, kw_only=True)
class LazySingleton(Rule):
    """An object that all users of the process share is made, and kept, when it is first asked for.

    Counted are instances of the ``classes``, results of the ``factories`` and instances of own classes whose name
    matches one of ``class_patterns``; without any of these, of all classes of the project. What matches one of
    ``but_not`` may be shared. ``packages`` are globs of the modules looked at, all if there are none.

    With a ``factory``, a function that keeps the object is taken out of use: each call of it in a function becomes one
    of the factory, with ``arguments`` as in ``direct-instantiation``, in its module and in others. It goes when nothing
    needs it any more; what keeps it is told.
    """

    kind: ClassVar[str] = "lazy-singleton"
    default_message: ClassVar[str] = "`{symbol}` keeps one {made} for the whole process, in `{holder}`"
    placeholders: ClassVar[tuple[str, ...]] = ("symbol", "made", "holder")
    examples: ClassVar[tuple[Example, ...]] = EXAMPLES

    classes: tuple[str, ...] = ()
    factories: tuple[str, ...] = ()
    class_patterns: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    factory: str | None = None
    arguments: Mapping[str, Argument] = field(default_factory=dict)
    await_: bool | None = None

    def problems(self) -> Iterator[str]:
        """Say what is wrong with the options of this rule."""
        if self.arguments and self.factory is None:
            yield "'arguments' are those of a 'factory': give one"

    def names(self) -> Iterator[str]:
        """Give the governed classes and factories."""
        yield from self.classes
        yield from self.factories

    def looks_at(self, path: str, module: str | None) -> bool:
        """Tell that any module of the packages may keep what counts for its name."""
        return self._governed.by_word and self._counts(path, module)

    def may_fire_in(self, raw: bytes, project: Project) -> bool:
        """Tell whether a file may keep something, and has a word of what is governed."""
        return self._governed.may_be_in(raw) and may_keep(raw)

    def concerns(self, name: str, project: Project) -> bool:
        """Tell that no node has to be visited: what is kept is found in the scan."""
        return False

    def visit_file(self, file: File) -> Iterator[Violation]:
        """Look at every function and class that may keep an object."""
        raw = file.text.string.encode("utf-8", "replace")
        if not self._counts(file.path, file.module) or not may_keep(raw):
            return
        from ssot_lint.source.singletons import singletons

        for kept in singletons(file.scan):
            made = self._made(file, kept)
            if made is not None:
                yield self._violation(file, kept, made)

    def _counts(self, path: str, module: str | None) -> bool:
        return self.applies_to(path, module) and covers(self.packages, module or "")

    @cached_property
    def _governed(self) -> Governed:
        from ssot_lint.rewriting.governed import Governed

        return Governed(self.classes, self.factories, self.class_patterns, but_not=self.but_not)

    def _made(self, file: File, kept: Kept) -> Made | None:
        """Say what is kept, if that is governed."""
        from ssot_lint.rewriting.governed import Made, is_constant

        if kept.itself is not None:
            origin = f"{file.module}.{kept.itself}"
            named = any(file.project.resolve(name).origin == origin for name in self.classes)
            counts = (named or self._governed.counts(kept.itself)) and not is_constant(file.project, origin)
            return Made(kept.itself, origin) if counts else None
        if not kept.calls:
            return Made("instance of each class", "") if self._governed.everything else None
        return next(filter(None, (self._governed.made(file, call) for call in kept.calls)), None)

    def _violation(self, file: File, kept: Kept, made: Made) -> Violation:
        symbol = f"{file.module}.{kept.accessor}" if file.module else kept.accessor
        return self.violation(
            file,
            kept.span,
            symbol=symbol,
            origin=made.origin or None,
            outcome=self._outcome(file, kept),
            default=MADE_SO if kept.made_so else None,
            made=made.what,
            holder=kept.holder,
        )

    def _outcome(self, file: File, kept: Kept) -> Fix | Refusal:
        """Rewrite what calls a function that keeps an object, if there is a factory to call."""
        reason = "whoever uses it has to be given an object of its own; a class whose objects are kept has to change"
        redesign = Refusal("redesign", reason)
        if self.factory is None or kept.function is None or not kept.gives:
            return redesign
        from ssot_lint.rewriting.accessors import replace_accessor
        from ssot_lint.rewriting.calls import Factory

        factory = Factory(name=self.factory, arguments=self.arguments, is_async=self.await_)
        return replace_accessor(file, kept.function, kept.holder, factory) or redesign
