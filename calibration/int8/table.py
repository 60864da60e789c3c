"""The ranges of a network's tensors, as numbers."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from edge.errors import ModelError

FOLDER = Path(__file__).parent
DIGITS = 6


@dataclass(frozen=True, slots=True)
class Table:
    """
    What the calibration pictures did inside one network.

    Attributes:
        network: e.g. `pose_full`.
        tflite_sha256: of the file the ranges were taken from; another file has other ranges.
        source: which pictures, and how many, in words.
        method: how a tensor's range was chosen.
        channels: tensor -> largest value of each channel, before equalising; empty where nothing is equalised.
        tensors: tensor -> magnitude its INT8 range ends at, after equalising.
    """

    network: str
    tflite_sha256: str
    source: str
    method: str
    channels: Mapping[str, tuple[float, ...]]
    tensors: Mapping[str, float]


def table_path(network: str) -> Path:
    """Where a network's table is kept."""
    return FOLDER / f"{network}.json"


def load_table(network: str, tflite_sha256: str) -> Table:
    """
    Read a network's table.

    Raises:
        ModelError: there is none, or it was made for another TFLite file.
    """
    path = table_path(network)
    if not path.exists():
        raise ModelError(f"{network} has no calibration table; run python -m calibration.int8.collect --photos DIR")
    raw = json.loads(path.read_text(encoding="utf-8"))
    raw["channels"] = {name: tuple(values) for name, values in raw["channels"].items()}
    table = Table(**raw)
    if table.tflite_sha256 != tflite_sha256:
        raise ModelError(f"{path.name} was made for another file; run python -m calibration.int8.collect --photos DIR")
    return table


def save_table(table: Table) -> Path:
    """Write a table, six significant digits a number: they, not the machine that measured, define the artefact."""
    raw = asdict(table)
    raw["channels"] = {name: [rounded(v) for v in values] for name, values in table.channels.items()}
    raw["tensors"] = {name: rounded(value) for name, value in table.tensors.items()}
    lines = [f"  {json.dumps(key)}: {_body(value)}" for key, value in raw.items()]
    path = table_path(table.network)
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    return path


def rounded(value: float) -> float:
    """The number as the table keeps it."""
    return float(f"{value:.{DIGITS}g}")


def _body(value: object) -> str:
    if not isinstance(value, dict):
        return json.dumps(value)
    rows = [f"    {json.dumps(name)}: {json.dumps(entry)}" for name, entry in value.items()]
    return "{\n" + ",\n".join(rows) + "\n  }" if rows else "{}"
