"""The bench's figures become rows of the form every bench writes."""

import json
from pathlib import Path

from edge.bench.row import at_least, write_json
from models.risk.rows import AT_LEAST, AT_MOST, hump_sign_right, rows


def test_a_figure_nobody_measured_is_not_met_and_says_how_to_measure_it():
    found = {row.id: row for row in rows({})}
    assert set(found) == {*AT_LEAST, *AT_MOST}
    assert not any(row.ok for row in found.values())
    assert "--copy-task" in found["lstm_minus_rnn_points"].note
    assert "--accuracy" in found["hump_sign_right_share"].note


def test_targets_are_held_from_their_own_side():
    found = {row.id: row.ok for row in rows({"lean_subindex": 0.59, "rotation_subindex": 0.7, "step_p95_ms": 1.01})}
    assert (found["lean_subindex"], found["rotation_subindex"], found["step_p95_ms"]) == (False, True, False)


def test_tables_become_one_row_a_number_and_texts_none():
    figures = {"network": "movement float", "severity_by_group": {"MSR bends (left out)": 0.5}, "step_p50_ms": 0.2}
    found = {row.id: row for row in rows(figures)}
    assert found["severity_by_group_msr_bends_left_out"].value == 0.5
    assert found["step_p50_ms"].unit == "ms"
    assert "network" not in found


def test_the_hump_hints_come_from_the_accuracy_bench(tmp_path: Path):
    write_json([at_least("hump_sign_right_share", 1.0, 0.95, "")], tmp_path / "accuracy.json")
    assert hump_sign_right(tmp_path / "accuracy.json") == 1.0
    assert hump_sign_right(tmp_path / "none.json") is None
    assert hump_sign_right(None) is None


def test_what_is_written_is_a_list_of_rows(tmp_path: Path):
    write_json(rows({"lean_subindex": 0.8}), tmp_path / "movement.json")
    written = json.loads((tmp_path / "movement.json").read_text(encoding="utf-8"))
    assert {"id": "lean_subindex", "value": 0.8, "unit": "", "target": ">= 0.6", "ok": True} in written
