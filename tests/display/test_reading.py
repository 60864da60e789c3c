from edge.display.reading import live_readings
from edge.pose.body_view import BodyView
from edge.pose.landmarks import Joint
from edge.spine.measures import measure
from edge.spine.setup import Setup
from tests.people import standing


def read(**posture):
    readings = live_readings(measure(standing(**posture), BodyView.BACK, Setup()))
    return {reading.name: reading.words for reading in readings}


def test_a_tilt_beyond_the_uncertainty_names_the_side():
    assert read(shoulder_tilt_deg=5.0)["Shoulders"] == "right higher 5.0°"
    assert read(shoulder_tilt_deg=-5.0)["Shoulders"] == "left higher 5.0°"
    assert read(lean_deg=4.0)["Trunk"] == "leans right 4.0°"


def test_inside_the_uncertainty_no_side_is_named():
    words = read(shoulder_tilt_deg=1.0, pelvis_tilt_deg=-2.0, lean_deg=1.0)
    assert words == {"Shoulders": "about level, 1.0°", "Pelvis": "about level, 2.0°", "Trunk": "about upright, 1.0°"}


def test_a_hidden_shoulder_reads_not_seen():
    words = read(hidden=(Joint.LEFT_SHOULDER,))
    assert words["Shoulders"] == "not seen"
    assert words["Pelvis"] != "not seen"


def test_without_measures_every_line_reads_not_seen():
    readings = live_readings(None)
    assert [reading.words for reading in readings] == ["not seen"] * 3
    assert all(reading.short is None for reading in readings)
