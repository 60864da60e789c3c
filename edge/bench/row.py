"""One figure of a bench, its target and whether it was met."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from edge.errors import PictureError


@dataclass(frozen=True, slots=True)
class Row:
    """
    One figure.

    Attributes:
        id: stable name, e.g. "relay_chaos_lost".
        value: the measured figure; None when it could not be measured here.
        unit: of value and target.
        target: as a person reads it, e.g. "<= 20"; empty when the figure is only printed.
        ok: whether the target is met; a figure that could not be measured is not met.
        note: the conditions, or why there is no figure; printed, not part of the JSON.
    """

    id: str
    value: float | None
    unit: str
    target: str
    ok: bool
    note: str = ""


def at_most(name: str, value: float | None, limit: float, unit: str, note: str = "") -> Row:
    """Return a row that is met when the value is at most the limit."""
    return Row(name, value, unit, f"<= {limit:g}", value is not None and value <= limit, note)


def at_least(name: str, value: float | None, limit: float, unit: str, note: str = "") -> Row:
    """Return a row that is met when the value is at least the limit."""
    return Row(name, value, unit, f">= {limit:g}", value is not None and value >= limit, note)


def printed(name: str, value: float | None, unit: str, note: str = "") -> Row:
    """Return a row without a target."""
    return Row(name, value, unit, "", value is not None, note)


def show(rows: Sequence[Row], title: str, console: Console | None = None) -> None:
    """Print the rows as a table."""
    table = Table(title=title, title_justify="left")
    for column in ("figure", "value", "unit", "target", "", "conditions"):
        table.add_column(column, justify="right" if column == "value" else "left", overflow="fold")
    for row in rows:
        value = "-" if row.value is None else f"{row.value:.4g}"
        mark = "[green]met[/]" if row.ok else "[red]not met[/]"
        table.add_row(row.id, value, row.unit, row.target, mark if row.target else "", row.note)
    (console or Console()).print(table)


def write_json(rows: Sequence[Row], path: Path) -> None:
    """
    Write the rows as a list of {"id", "value", "unit", "target", "ok"}.

    Raises:
        PictureError: the file cannot be written.
    """
    kept = [{key: value for key, value in asdict(row).items() if key != "note"} for row in rows]
    try:
        path.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise PictureError(f"{path}: cannot be written ({error.strerror}), choose another place with --json") from None


def read_json(path: Path) -> list[Row]:
    """Read rows that another bench wrote."""
    entries: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return [Row(e["id"], e["value"], e["unit"], str(e["target"] or ""), bool(e["ok"])) for e in entries]
