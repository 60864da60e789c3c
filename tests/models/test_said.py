"""What the workshop's commands say."""

import typer
from typer.testing import CliRunner

from models.said import as_written

PROGRAM = """
Train.

    python -m one --with this  # first
    python -m two              # then

Stopped, it goes on.
"""


def test_examples_stand_in_the_help_line_by_line():
    app = typer.Typer(help=as_written(PROGRAM), rich_markup_mode=None)
    app.command()(lambda: None)
    app.callback()(lambda: None)
    shown = [line.strip() for line in CliRunner().invoke(app, ["--help"]).output.splitlines()]
    assert "python -m one --with this  # first" in shown
    assert "python -m two              # then" in shown
    assert "Stopped, it goes on." in shown
