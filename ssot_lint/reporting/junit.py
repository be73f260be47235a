"""JUnit's XML: a test suite a file, a failed test case a violation."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.model import FileReport, Report, Violation
from ssot_lint.reporting import ReportContext, in_order
from ssot_lint.reporting.markup import attributes, content

PACKAGE = "org.ssot-lint"


def render(report: Report, context: ReportContext) -> Iterator[str]:
    """Yield the lines of the document; what could not be done is an error of the file."""
    del context  # the same for everybody
    failed = sum(len(file.violations) for file in report.files)
    errors = sum(len(file.failures) for file in report.files)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    counts = attributes(name="ssot-lint", tests=failed + errors or 1, failures=failed, errors=errors)
    yield f"<testsuites{counts}>"
    if failed or errors:
        for file in report.files:
            if file.violations or file.failures:
                yield from _suite(file)
    else:
        yield f"  <testsuite{attributes(name='ssot-lint', tests=1, failures=0, errors=0, package=PACKAGE)}>"
        yield f"    <testcase{attributes(name='No errors found', classname='ssot-lint')}/>"
        yield "  </testsuite>"
    yield "</testsuites>"


def _suite(file: FileReport) -> Iterator[str]:
    failed, errors = len(file.violations), len(file.failures)
    counts = {"tests": failed + errors, "failures": failed, "errors": errors}
    yield f"  <testsuite{attributes(name=file.path, **counts, package=PACKAGE)}>"
    classname = file.path.removesuffix(".pyi").removesuffix(".py")
    for violation in in_order(file.violations):
        yield from _case(violation, classname)
    for failure in file.failures:
        yield f"    <testcase{attributes(name=f'{PACKAGE}.failure', classname=classname)}>"
        yield f"      <error{attributes(message=failure.message)}/>"
        yield "    </testcase>"
    yield "  </testsuite>"


def _case(violation: Violation, classname: str) -> Iterator[str]:
    start, name = violation.range.start, f"{PACKAGE}.{violation.code}"
    place = {"line": start.row, "column": start.column}
    yield f"    <testcase{attributes(name=name, classname=classname, **place)}>"
    yield "      <properties>"
    yield f"        <property{attributes(name='severity', value=violation.severity.value)}/>"
    for tag in violation.compliance:
        yield f"        <property{attributes(name='compliance', value=tag)}/>"
    yield "      </properties>"
    text = f"line {start.row}, col {start.column}, {violation.message}"
    yield f"      <failure{attributes(message=violation.message)}>{content(text)}</failure>"
    yield "    </testcase>"
