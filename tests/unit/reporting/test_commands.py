"""Formats that are read line by line: commands for pipelines, pylint, JSON lines."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from ssot_lint.model import FileReport, Report

Lines = Callable[..., list[str]]
SAID = "Thing: 100%25 built,%0D%0Ahere; \x1b[2J<b>`a`|b</b> \ufffe @d #1 ]"


def test_github(report: Report, lines: Lines) -> None:
    assert lines("github", report) == [
        "::error title=ssot-lint (WS101),file=/srv/it/app/x.py,line=1,col=21,endLine=1,endColumn=26"
        "::app/x.py:1:21: WS101 app.old.Thing moved to app.new.Thing [SOC2]",
        "::notice title=ssot-lint (WS301),file=/srv/it/app/x.py,line=1,col=21,endLine=1,endColumn=26"
        "::app/x.py:1:21: WS301 it is one",
        f"::warning title=ssot-lint (WS201),file=/srv/it/app/y%2C z.py,line=2,endLine=4::app/y, z.py:2:9: WS201 {SAID}",
        "::error title=ssot-lint,file=/srv/it/app/z.py::app/z.py: not fixed: read-only",
    ]


def test_azure(report: Report, lines: Lines) -> None:
    said = SAID.replace("%25", "%AZP25")
    assert lines("azure", report) == [
        "##vso[task.logissue type=error;sourcepath=app/x.py;linenumber=1;columnnumber=21;code=WS101;]"
        "app.old.Thing moved to app.new.Thing [SOC2]",
        "##vso[task.logissue type=warning;sourcepath=app/x.py;linenumber=1;columnnumber=21;code=WS301;]it is one",
        f"##vso[task.logissue type=warning;sourcepath=app/y, z.py;linenumber=2;columnnumber=9;code=WS201;]{said}",
        "##vso[task.logissue type=error;sourcepath=app/z.py;]not fixed: read-only",
    ]


def test_azure_has_properties_that_end_where_they_should(report: Report, lines: Lines) -> None:
    odd = replace(report.files[0].violations[0], path="a;b]c%.py")
    assert ";sourcepath=a%3Bb%5Dc%AZP25.py;linenumber" in lines("azure", Report((FileReport("a", (odd,)),), 1))[0]


def test_pylint(report: Report, lines: Lines) -> None:
    assert lines("pylint", report) == [
        "app/x.py:1: [WS101] app.old.Thing moved to app.new.Thing [SOC2]",
        "app/x.py:1: [WS301] it is one",
        "app/y, z.py:2: [WS201] Thing: 100% built,␍␊here; ␛[2J<b>`a`|b</b> \ufffe @d #1 ]",
        "app/z.py:1: [failure] not fixed: read-only",
    ]


def test_json_lines_are_the_objects_of_json(report: Report, lines: Lines) -> None:
    found = [json.loads(line) for line in lines("json-lines", report)]
    assert found == json.loads("\n".join(lines("json", report)))
    assert len(found) == 3


def test_of_nothing_there_is_nothing(clean: Report, lines: Lines) -> None:
    for output_format in ("github", "azure", "pylint", "json-lines"):
        assert lines(output_format, clean) == []
