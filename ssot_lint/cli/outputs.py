"""Where a report goes, and in which formats: as asked for, or as the continuous integration around can use it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TextIO

import click

from ssot_lint.cli.console import write
from ssot_lint.cli.options import Command
from ssot_lint.formats import FORMATS


class Output(NamedTuple):
    """One report: its format and the file it goes to; without one it goes where the command prints.

    With ``beside`` it goes to standard error, for people, beside what programs read.
    """

    output_format: str
    path: str | None = None
    beside: bool = False

    def stream(self, stream: TextIO) -> TextIO:
        """Give where to print what otherwise goes to ``stream``."""
        return sys.stderr if self.beside else stream

    def write(self, lines: Iterator[str], stream: TextIO) -> None:
        """Write ``lines`` to the file, or else to ``stream``; raises `OSError` where that cannot be done."""
        if self.path is None:
            write(lines, self.stream(stream))
            return
        with open(self.path, "w", encoding="utf-8", newline="\n") as file:
            write(lines, file)


def output_options(command: Command) -> Command:
    """Give ``command`` the options ``--output-format`` and ``--output-file``."""
    output_format = click.option(
        "--output-format",
        multiple=True,
        metavar="FORMAT[=FILE]",
        callback=_read_formats,
        shell_complete=lambda _context, _parameter, begun: [name for name in FORMATS if name.startswith(begun)],
        envvar="SSOT_LINT_OUTPUT_FORMAT",
        show_envvar=True,
        help=f"How to report, and where if not here; may be repeated. One of {', '.join(FORMATS)}; "
        "else text, or what GitHub Actions and GitLab CI can show.",
    )
    output_file = click.option(
        "-o", "--output-file", metavar="FILE", callback=_read_file, help="Where to report, if not here."
    )
    return output_format(output_file(command))


def _read_formats(context: click.Context, parameter: click.Parameter, values: Sequence[str]) -> tuple[Output, ...]:
    return tuple(_read_format(value) for value in values)


def _read_format(value: str) -> Output:
    """Read ``FORMAT`` or ``FORMAT=FILE``; raises `click.BadParameter` for a format or directory that is not there."""
    output_format, equals, path = value.partition("=")
    if output_format not in FORMATS:
        from ssot_lint.globs import nearest

        near = nearest(output_format, FORMATS)
        hint = f"Did you mean {near!r}?" if near else f"Choose from {', '.join(FORMATS)}."
        raise click.BadParameter(f"there is no format {output_format!r}. {hint}")
    if equals:
        _check_file(path)
    return Output(output_format, path if equals else None)


def _read_file(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None:
        _check_file(value)
    return value


def _check_file(path: str) -> None:
    """Raise `click.BadParameter` for what cannot be a file: that is better known before the work than after it."""
    directory = os.path.dirname(path) or "."
    if not path or os.path.isdir(path):
        raise click.BadParameter(f"{path!r} is not the name of a file.")
    if not os.path.isdir(directory):
        raise click.BadParameter(f"there is no directory {directory!r} for {path!r}.")


def outputs(asked: Sequence[Output], file: str | None, environment: Mapping[str, str]) -> list[Output]:
    """Give the reports to write: those ``asked`` for, or else those that suit the ``environment``.

    ``file`` is where the one without a file goes. Raises `click.UsageError` if that is none, or more than one.
    """
    if not asked:
        return list(_suitable(file, environment))
    without = [output for output in asked if output.path is None]
    if len(without) > 1:
        formats = " and ".join(output.output_format for output in without)
        raise click.UsageError(f"{formats} cannot both go to standard output; write one as FORMAT=FILE.")
    if file is not None and not without:
        raise click.UsageError("Every --output-format has a file of its own, so --output-file is one too many.")
    return [Output(output.output_format, output.path or file) for output in asked]


def _suitable(file: str | None, environment: Mapping[str, str]) -> Iterator[Output]:
    """Give what is written when no format is asked for: annotations need the log, GitLab a file."""
    if environment.get("GITHUB_ACTIONS") == "true":
        yield Output("github")
        if file is not None:
            yield Output("text", file)
    elif environment.get("GITLAB_CI") == "true":
        yield Output("gitlab", file)
        yield Output("text") if file is not None else Output("concise", beside=True)
    else:
        yield Output("text", file)
