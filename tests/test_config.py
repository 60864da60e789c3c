import pytest

from edge.config import StationConfig, load_config
from edge.errors import ConfigError


def load(tmp_path, text):
    path = tmp_path / "station.toml"
    path.write_text(text, encoding="utf-8")
    return load_config(path)


def test_an_empty_file_gives_every_default(tmp_path):
    assert load(tmp_path, "") == StationConfig()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[camera]\nwidht = 640", "camera.widht: unknown setting, did you mean width?"),
        ("[camra]\nwidth = 640", "camra: unknown setting, did you mean camera?"),
        ("[camera]\nwidth = '640'", "camera.width: input should be a valid integer, got '640'"),
        ("[camera]\nrotation_deg = 45", "camera.rotation_deg: input should be 0, 90, 180 or 270, got 45"),
        ("[calibration]\nroll_deg = nan", "calibration.roll_deg: input should be a finite number"),
        ("[site]\nsite = 'St. Mary'", "site.site: string should match pattern"),
        ("[camera", "cannot be read as TOML"),
    ],
)
def test_each_mistake_is_named_with_its_key(tmp_path, text, sentence):
    with pytest.raises(ConfigError) as error:
        load(tmp_path, text)
    assert sentence in str(error.value)


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(ConfigError, match="no such file"):
        load_config(tmp_path / "nowhere.toml")


def test_a_folder_in_place_of_the_file_is_said(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path)


def test_a_file_that_is_no_text_is_said(tmp_path):
    path = tmp_path / "station.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(path)


@pytest.mark.parametrize("text", ["a = " + "[" * 20000, "a = " + "9" * 5000])
def test_a_hostile_file_is_an_error_and_no_crash(tmp_path, text):
    with pytest.raises(ConfigError):
        load(tmp_path, text)


def test_a_file_too_large_for_settings_is_refused_unread(tmp_path):
    with pytest.raises(ConfigError, match="larger than 64 KB"):
        load(tmp_path, "#" * 70_000)
