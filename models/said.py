"""How the workshop's commands end when something goes wrong on purpose."""

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
