import io
import json

import pytest
from rich.console import Console

from edge.accuracy.accuracy import Request, run_accuracy
from edge.accuracy.renders import render
from edge.config import ModelsConfig
from edge.errors import ConfigError, PictureError, PlumblineError
from tests.accuracy.records import record, write
from tests.people import Person


def _console() -> Console:
    return Console(file=io.StringIO(), width=200)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"seeds": "900000:900001"}, "stay unused"),
        ({"precision": "int4"}, "--precision"),
        ({"views": "front"}, "--views"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_rendered(tmp_path, asked, said):
    with pytest.raises(ConfigError, match=said):
        run_accuracy(Request(**{"seeds": "5:6", "out": tmp_path / "out"} | asked), None, _console())
    assert not (tmp_path / "out").exists()


def test_an_empty_folder_of_renders_is_said(tmp_path):
    with pytest.raises(PictureError, match="seed 5"):
        run_accuracy(Request("5:6", tmp_path, renders=tmp_path), None, _console())


def test_a_workshop_that_fails_is_said_with_its_command(tmp_path):
    with pytest.raises(PlumblineError, match=r"models\.people render 5:6"):
        render(range(5, 6), tmp_path, "no such distribution")


@pytest.mark.networks
def test_black_pictures_meet_no_target_and_every_figure_is_written_all_the_same(tmp_path):
    for frame in range(2):
        write(tmp_path / "renders", record(Person(), frame=frame))
    request = Request("7:8", tmp_path / "out", precision="int8", renders=tmp_path / "renders", views="back")
    assert not run_accuracy(request, tmp_path / "figures.json", _console())
    rows = {row["id"]: row for row in json.loads((tmp_path / "figures.json").read_text())}
    assert rows["not_measurable_share"]["value"] == 1.0
    assert (rows["shoulder_tilt_back_median_deg"]["value"], rows["shoulder_tilt_back_median_deg"]["ok"]) == (
        None,
        False,
    )
    assert not rows["left_right_swapped_share"]["ok"]


def test_the_hold_out_is_measured_with_what_the_station_runs_by_default():
    assert Request("5:6", None).precisions() == ("int8", "float")
    assert ModelsConfig().landmarks == "full"


def test_the_best_networks_there_are_look_unless_others_are_asked_for(tmp_path):
    asked = {name: Request("5:6", tmp_path, networks=name) for name in ("auto", "landmarks", "spine", "both", "x")}
    assert asked["auto"].readers(built=True) == (True,)
    assert asked["auto"].readers(built=False) == (False,)
    assert asked["landmarks"].readers(built=True) == (False,)
    assert asked["spine"].readers(built=False) == (True,)
    assert asked["both"].readers(built=True) == (False, True)
    with pytest.raises(ConfigError, match="--networks"):
        asked["x"].readers(built=True)


@pytest.mark.networks
def test_the_smaller_spine_network_is_measured_where_it_is_asked_for(tmp_path):
    write(tmp_path / "renders", record(Person()))
    request = Request("7:8", tmp_path, "int8", tmp_path / "renders", "back", "spine_small")
    said = _console()
    run_accuracy(request, None, said)
    assert "spine_small int8" in said.file.getvalue()
    assert Request("7:8", tmp_path, networks="spine").config.spine == ""
