"""What the workshop's commands say: their help, and the one sentence when something goes wrong on purpose."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console

from edge.errors import PlumblineError


@contextmanager
def said(console: Console, *wanted: str) -> Iterator[None]:
    """
    One sentence and exit code 1.

    Args:
        console: where the sentence goes.
        wanted: packages a command may lack, e.g. "torch"; that is said as well.
    """
    try:
        yield
    except PlumblineError as error:
        console.print(f"[red]{error}[/red]", highlight=False, soft_wrap=True)
        raise typer.Exit(1) from error
    except ImportError as error:
        if error.name not in wanted:
            raise
        console.print(f"[red]{error.name} is missing, install the workshop's packages (extra `train`)[/red]")
        raise typer.Exit(1) from error


def as_written(text: str | None) -> str:
    """A program's docstring as its help, with its examples line by line: click would make one paragraph of them."""
    return (text or "").replace("\n\n    ", "\n\n\b\n    ")
