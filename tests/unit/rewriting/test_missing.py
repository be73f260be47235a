"""What a file names and the project does not have."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.file import File
from ssot_lint.project import Project
from ssot_lint.rewriting.missing import Governed, hint, is_guarded, missing, reason, sought
from ssot_lint.source.scan import scan
from ssot_lint.source.text import Text

FILES = {
    "app/__init__.py": "",
    "app/there.py": "def late():\n    from app.other import (\n        shy,\n    )\n",
    "app/other.py": "class Thing: ...\n\nshy = 1\n",
    "app/deep/near.py": "class Twin: ...\n",
    "other/__init__.py": "",
    "other/far.py": "class Twin: ...\n",
    "tests/test_app.py": "class OnlyInTests: ...\n",
    "service/app/local.py": "",
    "service/app/there.py": "",
    "src/app.py": "",
    "src/shop/__init__.py": "",
    "src/shop/till.py": "",
    "src/script/inner.py": "",
    "src/script/__init__.py": "",
    "script.py": "",
}


def file_of(code: str, path: str = "app/example.py", *src: str) -> File:
    files = {**FILES, path: code}
    overlay = {name: text.encode() for name, text in files.items()}
    project = Project(Path("/nonexistent"), src or (".",), lambda: sorted(files), overlay=overlay)
    module, is_package = project.module_of(path) or (None, False)
    return File(path, scan(Text.read(code.encode()), module, is_package), project)


def place(file: File, word: str) -> int:
    return file.text.string.index(word)


def is_missing(code: str, name: str = "app.gone:Thing", path: str = "app/example.py", *src: str) -> bool:
    """Whether ``name`` counts as missing where ``code`` has the word ``HERE``."""
    file = file_of(code, path, *src)
    offset = place(file, "HERE")
    statement = file.scan.statement_at(offset)
    assert statement is not None
    return missing(file, name, statement, offset) is not None


@pytest.mark.parametrize(
    "code",
    [
        "import HERE\n",
        "try:\n    import HERE\nexcept ImportError:\n    pass\n",
        "with pytest.warns(Warning):\n    import HERE\n",
        "with a(HERE), pytest.raises(ImportError): ...\n",
        "import sys\nsys.modules['app.other'] = 1\nimport HERE\n",
        "import sys\nsys.modules['app'] = 1\nimport HERE\n",
        "import sys\ndel sys.modules['app.gone']\nimport HERE\n",
    ],
)
def test_missing(code: str) -> None:
    assert is_missing(code)


@pytest.mark.parametrize(
    "code",
    [
        "with pytest.raises(ImportError):\n    import HERE\n",
        "with pytest.raises(ImportError), a(HERE): ...\n",
        "self.assertRaises(ImportError, HERE)\n",
        "try:\n    import HERE\n    assert False\nexcept ImportError:\n    pass\n",
        "import sys\nsys.modules['app.gone'] = 1\nimport HERE\n",
    ],
)
def test_missing_on_purpose(code: str) -> None:
    assert not is_missing(code)


@pytest.mark.parametrize(
    ("name", "path", "expected"),
    [
        ("app.local:x", "service/run.py", False),
        ("app.local:x", "service/jobs/run.py", False),
        ("app.local:x", "service/app/run.py", False),
        ("app.local:x", "other/run.py", True),
        ("app.gone:x", "service/run.py", True),
        ("app.there:gone", "service/run.py", False),
        ("app.other:gone", "service/run.py", True),
    ],
)
def test_modules_beside_the_file(name: str, path: str, expected: bool) -> None:
    assert is_missing("import HERE\n", name, path) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("shop.till:gone", True),
        ("shop.gone:x", True),
        ("src.shop.till:gone", True),  # one file by two names
        ("src.shop.gone:x", True),
        ("script.inner:x", False),  # a script hides a package, or the other way round
        ("script:gone", False),
        ("script.gone:x", True),  # whichever of both it is
        ("app:gone", False),
        ("app.other:gone", True),
    ],
)
def test_modules_of_the_same_name_in_two_import_roots(name: str, expected: bool) -> None:
    assert is_missing("import HERE\n", name, "tests/test_shop.py", ".", "src") is expected
    assert is_missing("import HERE\n", name, "src/shop/till2.py", ".", "src") is expected


def test_the_module_itself_is_not_beside_the_file() -> None:
    file = file_of("import HERE\n", "service/run.py", "service")
    assert missing(file, "app.there:gone", file.scan.statements[0], 0) is not None


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import HERE\n", False),
        ("try:\n    import HERE\nexcept ImportError:\n    pass\n", True),
        ("try:\n    import HERE\nexcept OSError:\n    pass\n", False),
        ("try:\n    if x:\n        import HERE\nexcept:\n    pass\n", True),
        ("try:\n    pass\nexcept ImportError:\n    pass\nelse:\n    import HERE\n", False),
        ("try:\n    def f():\n        import HERE\nexcept ImportError:\n    pass\n", False),
        ("try:\n    import HERE\nexcept ImportError as error:\n    raise Gone from error\n", False),
        ("try:\n    import HERE\nexcept ImportError as error:\n    pytest.fail(str(error))\n", False),
        ("try:\n    import HERE\nexcept ImportError as error:\n    sys.exit(1)\n", False),
        ("try:\n    import HERE\nexcept ImportError as error:\n    pytest.skip(str(error))\n", True),
        ("with contextlib.suppress(ImportError):\n    import HERE\n", True),
        ("try:\n    import app.other\nexcept ImportError:\n    import HERE\n", True),
        ("try:\n    import app.gone\nexcept ImportError:\n    import HERE\n", False),
        ("try:\n    from app.other import gone\nexcept ImportError:\n    import HERE\n", False),
        ("try:\n    try:\n        import app.gone\n    except ImportError:\n        import HERE\nexcept:\n    x", True),
    ],
)  # fmt: skip
def test_guards(code: str, expected: bool) -> None:
    file = file_of(code)
    statement = file.scan.statement_at(place(file, "HERE"))
    assert statement is not None
    assert is_guarded(file, statement) is expected


@pytest.mark.parametrize("caught", ["AttributeError", "(OSError, AttributeError)", "ImportError", "Exception"])
def test_guards_of_more_than_imports(caught: str) -> None:
    file = file_of(f"try:\n    HERE()\nexcept {caught}:\n    pass\n")
    statement = file.scan.statement_at(place(file, "HERE"))
    assert statement is not None
    assert is_guarded(file, statement, "AttributeError")
    assert is_guarded(file, statement) is ("AttributeError" not in caught)


@pytest.mark.parametrize(
    ("packages", "extern", "expected"),
    [
        ((), (), True),
        (("app",), (), True),
        (("app.gone",), (), True),
        (("app.gone.Thing",), (), True),
        (("app.other", "shop"), (), False),
        (("*",), (), True),
        ((), ("app.gone",), False),
        ((), ("app.*",), False),
        ((), ("**.gone",), False),
        ((), ("gone",), True),
        (("app",), ("app.other",), True),
    ],
)
def test_what_a_rule_governs(packages: tuple[str, ...], extern: tuple[str, ...], expected: bool) -> None:
    dangling = file_of("").project.dangling("app.gone:Thing")
    assert dangling is not None
    assert Governed(packages, extern).has(dangling) is expected


@pytest.mark.parametrize(
    ("name", "path", "sentence"),
    [
        ("app.gone:Thing", "app/a.py", "there is no module app.gone; `Thing` is defined in app.other"),
        ("app.there:shy", "app/a.py", "app.there imports `shy` in functions only; `shy` is defined in app.other"),
        ("app.gone:Twin", "app/a.py", "there is no module app.gone; `Twin` is defined in app.deep.near, other.far"),
        ("other.gone:Twin", "app/a.py", "there is no module other.gone; `Twin` is defined in other.far, app.deep.near"),
        ("app.deep.far:", "app/a.py", "there is no module app.deep.far; there is other.far"),
        ("app.gone:OnlyInTests", "app/a.py", "there is no module app.gone"),
        (
            "app.gone:OnlyInTests",
            "tests/test_a.py",
            "there is no module app.gone; `OnlyInTests` is defined in tests.test_app",
        ),
        ("app:ther", "app/a.py", "app has no `ther`; did you mean app.there?"),
        ("app.gone.Thing.x", "app/a.py", "there is no module app.gone; `Thing` is defined in app.other"),
        ("app.there:qqq", "app/a.py", "app.there has no `qqq`"),
    ],
)
def test_what_is_said(name: str, path: str, sentence: str) -> None:
    file = file_of("", path)
    dangling = file.project.dangling(name)
    assert dangling is not None
    assert reason(file, dangling) + hint(file, dangling, sought(file, dangling)) == sentence


def test_modules_only() -> None:
    file = file_of("", "app/a.py")
    dangling = file.project.dangling("app.gone.shy:")
    assert dangling is not None
    assert sought(file, dangling, only_modules=True).homes == ()
    assert sought(file, dangling).homes == ("app.other.shy",)
