import numpy as np
import pytest

from edge.accuracy.shot import read_takes, shot_of
from edge.errors import PictureError
from edge.pose.body_view import BodyView
from edge.selftest.record import joints_px, read_record
from tests.accuracy.records import record, write
from tests.people import Person

PERSON = Person(shoulder_tilt_deg=4.0, camera_roll_deg=1.5)


def test_takes_are_read_in_order_and_others_are_left_out(tmp_path):
    for seed, take, frame in ((9, 0, 0), (8, 1, 1), (8, 1, 0), (8, 0, 0), (12, 0, 0)):
        write(tmp_path / "deep", record(PERSON, seed=seed, take=take, frame=frame))
    write(tmp_path, record(PERSON, seed=8, take=5, distribution="V2"))
    found = read_takes(tmp_path, range(8, 10), "V1")
    assert [[(shot.seed, shot.take, shot.number) for shot in take] for take in found] == [
        [(8, 0, 0)],
        [(8, 1, 0), (8, 1, 1)],
        [(9, 0, 0)],
    ]


def test_a_missing_seed_is_said_and_not_passed_over(tmp_path):
    write(tmp_path, record(PERSON, seed=8))
    with pytest.raises(PictureError, match=r"seed 9 .*--renders"):
        read_takes(tmp_path, range(8, 10), "V1")


def test_a_shot_knows_what_a_calibrated_station_knows_and_no_more(tmp_path):
    shot = shot_of(record(PERSON), tmp_path / "7.json")
    assert (shot.setup.roll_deg, shot.setup.camera_height_m, shot.setup.distance_m) == (1.5, 1.0, 3.0)
    assert shot.setup.yaw_deg is None
    assert shot.setup.pitch_deg is None
    assert (shot.view, shot.measures["C1"], shot.strata["sex"]) == (BodyView.BACK, 4.0, "f")
    assert np.allclose(shot.joints_px, PERSON.landmarks().xyz_px[:, :2])


def test_a_joint_without_a_place_is_not_known():
    truth = record(PERSON)
    truth["points"]["blazepose"]["px"][5] = [None, None]
    assert np.isnan(joints_px(truth)[5]).all()
    assert np.isfinite(joints_px(truth)).all(axis=1).sum() == 32


def test_an_incomplete_truth_is_refused(tmp_path):
    truth = record(PERSON)
    del truth["camera"]["roll_deg"]
    with pytest.raises(PictureError, match=r"incomplete.*roll_deg"):
        shot_of(truth, tmp_path / "7.json")
    with pytest.raises(PictureError, match="no points"):
        joints_px(record(PERSON, points={}))


@pytest.mark.parametrize("text", ["", "[]", '{"format": "truth/0"}', "\x00"])
def test_what_is_no_truth_is_refused(tmp_path, text):
    path = tmp_path / "a.json"
    path.write_text(text)
    with pytest.raises(PictureError, match="render it again"):
        read_record(path)


def test_a_missing_picture_is_named(tmp_path):
    path = write(tmp_path, record(PERSON))
    shot = shot_of(read_record(path), path)
    assert shot.frame().size_px == (720, 1280)
    shot.picture.unlink()
    with pytest.raises(PictureError, match="missing or damaged"):
        shot.frame()
