"""`firmware_config/station.toml` is what people read; `edge/config.py` is what runs: they must say the same."""

import re
from pathlib import Path

import pytest

from edge.config import StationConfig, load_config

FILE = Path(__file__).parent.parent / "firmware_config" / "station.toml"


def listed() -> dict[str, dict[str, bool]]:
    """Section to key to whether it is set (not behind a "#")."""
    sections: dict[str, dict[str, bool]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if header := re.match(r"\[(\w+)\]", line):
            current = sections.setdefault(header[1], {})
        elif key := re.match(r"(# )?(\w+) = ", line):
            assert key[2] not in current, f"{key[2]} stands there twice"
            current[key[2]] = key[1] is None
    return sections


def test_the_file_lists_every_setting_in_the_order_of_the_code_and_no_other():
    code = {name: list(type(section).model_fields) for name, section in StationConfig()}
    assert {name: list(keys) for name, keys in listed().items()} == code
    assert list(listed()) == list(code)


def test_the_file_as_it_stands_is_the_defaults():
    assert load_config(FILE) == StationConfig()


@pytest.mark.parametrize("name", StationConfig.model_fields)
def test_only_what_is_unknown_stands_behind_a_hash(name):
    defaults = getattr(StationConfig(), name)
    assert {key for key, is_set in listed()[name].items() if not is_set} == {
        key for key, value in defaults if value is None
    }


def test_the_examples_behind_a_hash_can_be_used(tmp_path):
    shown = re.sub(r"(?m)^# (\w+ = )", r"\1", FILE.read_text(encoding="utf-8"))
    copy = tmp_path / "station.toml"
    copy.write_text(shown, encoding="utf-8")
    assert None not in dict(load_config(copy).calibration).values()
