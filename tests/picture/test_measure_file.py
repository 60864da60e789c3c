"""The whole command on a rendered person, with the real networks."""

import io
from pathlib import Path

import cv2
import pytest
from rich.console import Console

import edge.demo
from edge.config import ModelsConfig, StationConfig
from edge.errors import ConfigError, PictureError
from edge.picture.measuring import measure_file
from edge.picture.report import PictureReport
from tests.picture.photographs import noisy, save

CLIP = Path(edge.demo.__file__).parent / "stand_back_straight.mp4"
TRUTH_PX = {
    "left_shoulder": (264.7, 367.5),
    "right_shoulder": (462.4, 367.9),
    "left_knee": (301.6, 843.6),
    "right_knee": (421.0, 844.2),
}
"""Where the generator put four joints of the clip's first frame."""


@pytest.fixture
def config():
    folder = Path(ModelsConfig().folder)
    if not (folder / "manifest.json").exists():
        pytest.skip("the networks are not built: python -m models.build")
    return StationConfig()


def first_frame():
    film = cv2.VideoCapture(str(CLIP))
    image = film.read()[1]
    film.release()
    return image


def told():
    return Console(file=io.StringIO(), width=200)


def shown_to(config, tmp_path, image, view="back"):
    console = told()
    measure_file(save(tmp_path / "person.png", image), tmp_path / "out", config, view, console)
    return PictureReport.model_validate_json((tmp_path / "out" / "person.json").read_text()), console.file.getvalue()


@pytest.mark.networks
def test_a_rendered_person_is_measured_where_they_stand(config, tmp_path):
    report, printed = shown_to(config, tmp_path, first_frame())
    joints = {joint.name: joint for joint in report.joints}
    for name, place in TRUTH_PX.items():
        assert (joints[name].x_px, joints[name].y_px) == pytest.approx(place, abs=40), name
    (tilt,) = [one for one in report.measures if one.id == "C1"]
    assert abs(tilt.value) <= 3.2  # the clip's shoulders are level
    assert report.people == 1
    assert report.seen_view == "back"
    assert [network.name for network in report.networks] == ["pose_detector.int8", "pose_full.int8"]
    assert "shoulder tilt" in printed
    assert "not a diagnosis" in printed


@pytest.mark.networks
def test_two_rendered_people_are_refused(config, tmp_path):
    one = first_frame()
    with pytest.raises(PictureError, match="2 people are in the picture"):
        shown_to(config, tmp_path, cv2.hconcat([one, one]))


@pytest.mark.networks
def test_a_rendered_person_on_their_side_is_refused(config, tmp_path):
    with pytest.raises(PictureError, match="turn the picture until they stand"):
        shown_to(config, tmp_path, cv2.rotate(first_frame(), cv2.ROTATE_90_CLOCKWISE))


@pytest.mark.networks
def test_a_back_is_not_measured_as_a_front(config, tmp_path):
    with pytest.raises(PictureError, match="measure it with --view back"):
        shown_to(config, tmp_path, first_frame(), view="front")


@pytest.mark.networks
def test_noise_is_nobody(config, tmp_path):
    with pytest.raises(PictureError, match="nobody was found"):
        shown_to(config, tmp_path, noisy())


def test_a_view_that_does_not_exist_is_named(tmp_path):
    with pytest.raises(ConfigError, match="--view: name back, front, left or right, not 'above'"):
        measure_file(tmp_path / "a.jpg", tmp_path, StationConfig(), "above", told())
