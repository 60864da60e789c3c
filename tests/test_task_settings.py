"""The settings of the movement tasks become a plan; a network that is named and missing stops the station."""

import pytest

from edge.assembly.movement import movement_parts, plan_of
from edge.config import ModelsConfig, StationConfig, TasksConfig, load_config
from edge.errors import ConfigError, ModelError
from edge.pose.body_view import BodyView
from edge.session.tasks.index import NoMovementIndex
from edge.session.tasks.plan import TaskKind


def test_a_station_asks_for_no_task_until_somebody_switches_them_on():
    plan = plan_of(StationConfig())
    assert not plan.asks
    assert plan.new_index is NoMovementIndex


def test_the_settings_become_the_plan(tmp_path):
    path = tmp_path / "station.toml"
    path.write_text(
        '[models]\nsilhouette = true\n[tasks]\nkinds = ["jump", "touch_toes"]\nbend_view = "left"\nscoliometer = true\n'
        "rating_s = 12.0\nsession_s = 240.0\n",
        encoding="utf-8",
    )
    plan = plan_of(load_config(path))
    assert plan.kinds == (TaskKind.JUMP, TaskKind.TOUCH_TOES)
    assert (plan.bend_view, plan.scoliometer, plan.outline) == (BodyView.LEFT, True, True)
    assert (plan.rating_s, plan.session_s, plan.task_s) == (12.0, 240.0, 60.0)


def test_the_same_task_twice_is_a_mistake_that_is_named():
    with pytest.raises(ConfigError, match=r"tasks\.kinds"):
        plan_of(StationConfig(tasks=TasksConfig(kinds=["jump", "jump"])))


def test_without_a_network_no_index_and_a_named_one_that_is_missing_stops_the_station(tmp_path):
    assert movement_parts(StationConfig()).networks == ()
    config = StationConfig(tasks=TasksConfig(network=str(tmp_path / "movement.int8")), models=ModelsConfig())
    with pytest.raises(ModelError, match="missing"):
        movement_parts(config)
