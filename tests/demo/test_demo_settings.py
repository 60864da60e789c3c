import pytest

from edge.config import StationConfig, load_config
from edge.demo.companions import to_toml
from edge.demo.demo import progress
from edge.demo.settings import CLIP_S, HOLD_S, SETTLE_S, STRETCH_S, clip_path, demo_settings
from edge.errors import ConfigError
from edge.guidance.texts import say
from edge.session.state import Phase, SessionState


def test_the_three_takes_are_three_stretches_that_do_not_overlap(tmp_path):
    config = demo_settings("straight", tmp_path, port=1883, models="models/built", full_screen=False)
    period_s = config.session.take_s + config.session.between_s + HOLD_S + SETTLE_S
    starts_s = [number * period_s % CLIP_S for number in range(3)]
    gaps_s = sorted((b - a) % CLIP_S for a in starts_s for b in starts_s if a != b)
    assert gaps_s[0] >= STRETCH_S - 1e-9


def test_settings_survive_their_file(tmp_path):
    config = demo_settings("straight", tmp_path, port=1883, models="models/built", full_screen=False)
    path = tmp_path / "station.toml"
    path.write_text(to_toml(config), encoding="utf-8")
    assert load_config(path) == config


def test_awkward_texts_survive_their_file(tmp_path):
    config = StationConfig.model_validate({"camera": {"path": 'a "quoted" \\ päth\n'}})
    path = tmp_path / "station.toml"
    path.write_text(to_toml(config), encoding="utf-8")
    assert load_config(path) == config


def test_a_clip_that_does_not_exist_is_said():
    with pytest.raises(ConfigError, match="right_thoracic or straight"):
        clip_path("crooked")


def test_the_bar_never_runs_backwards():
    def state(phase, take, share):
        return SessionState(phase, say("hold"), take, 3, share, None, None)

    steps = [state(Phase.IDLE, 0, None)]
    for take in (1, 2, 3):
        steps += [state(Phase.POSITION, take, 0.5), state(Phase.TAKE, take, 0.5)]
        steps += [state(Phase.BETWEEN, take + 1, 0.1)] if take < 3 else []
    values = [progress(step) for step in [*steps, state(Phase.RESULT, 3, None)]]
    assert values == sorted(values)
    assert values[-1] == 1.0
