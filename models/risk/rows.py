"""The bench's figures as rows, with their units and targets."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from edge.bench.row import Row, at_least, at_most, printed, read_json

AT_LEAST: Mapping[str, tuple[float, str]] = {
    "severity_rank_correlation": (0.9, ""),
    "severity_rank_correlation_left_out": (0.9, ""),
    "lean_subindex": (0.6, ""),
    "rotation_subindex": (0.7, ""),
    "lstm_minus_rnn_points": (20.0, "points"),
    "hump_sign_right_share": (0.95, ""),
}
AT_MOST: Mapping[str, tuple[float, str]] = {
    "symmetric_flagged_share": (0.02, ""),
    "symmetric_not_measurable_share": (0.05, ""),
    "symmetric_subindex_max": (0.3, ""),
    "replay_difference": (0.0, ""),
    "step_p95_ms": (1.0, "ms"),
    "frame_rate_difference_max": (0.03, ""),
}
NOTES = {
    "hump_sign_right_share": "rendered bends: name what plumbline accuracy --json wrote with --accuracy",
    "lstm_minus_rnn_points": "name what python -m models.risk.copy_task wrote with --copy-task",
    "severity_rank_correlation_left_out": "bends of MSR, in the folder --data names",
}
"""How a figure that is missing is measured."""


def rows(figures: Mapping[str, Any]) -> list[Row]:
    """
    One row a figure: those with a target first, then every number beside them, parts of a table under its name.

    Args:
        figures: by id, as `models.risk.figures` gives them; texts and single runs are left out.
    """
    found = [at_least(name, figures.get(name), *limit, _note(name, figures)) for name, limit in AT_LEAST.items()]
    found += [at_most(name, figures.get(name), *limit, _note(name, figures)) for name, limit in AT_MOST.items()]
    others = {name: value for name, value in figures.items() if name not in AT_LEAST and name not in AT_MOST}
    return found + [printed(name, value, "ms" if name.endswith("_ms") else "") for name, value in _numbers(others)]


def hump_sign_right(file: Path | None) -> float | None:
    """The share of right hump hints out of what `plumbline accuracy --json` wrote; None without it."""
    if file is None or not file.exists():
        return None
    return next((row.value for row in read_json(file) if row.id == "hump_sign_right_share"), None)


def _note(name: str, figures: Mapping[str, Any]) -> str:
    return NOTES.get(name, "") if figures.get(name) is None else ""


def _numbers(figures: Mapping[str, Any]) -> Iterator[tuple[str, float | None]]:
    for name, value in figures.items():
        if isinstance(value, Mapping):
            yield from _numbers({f"{name}_{_plain(str(key))}": part for key, part in value.items()})
        elif value is None or isinstance(value, (int, float)):
            yield name, value


def _plain(text: str) -> str:
    """
    A key as part of an id.

    >>> _plain("MSR bends (left out)")
    'msr_bends_left_out'
    """
    return "_".join("".join(one if one.isalnum() else " " for one in text.lower()).split())
