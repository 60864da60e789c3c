"""The built network, asked as the station asks it; engines are simulated."""

import numpy as np
import pytest

from edge.errors import ModelError
from edge.pose.spine_crop import HEIGHT, WIDTH, body_box, torso_box
from models.spine.label.record import Network
from models.spine.label.station import StationPredictor, station_predictor
from models.spine.label.urgency import urgency
from models.spine.layout import COUNT, POINTS
from tests.people import SIZE_PX, Person
from tests.spine_label.hand import C7

IMAGE = np.full((SIZE_PX[1], SIZE_PX[0], 3), 90, np.uint8)
NETWORK = Network(name="spine.test", sha256="c" * 64)
KNEE = POINTS.index("left_knee")


class Engine:
    """Answers in turn with the points it was given, in pixels of the crop."""

    def __init__(self, *answers: np.ndarray) -> None:
        self.answers = list(answers)
        self.asked: list[np.ndarray] = []

    def run(self, inputs):
        self.asked.append(inputs["image"])
        xy = self.answers[len(self.asked) - 1]
        return {
            "points": xy[None].astype(np.float32),
            "log_sd": np.full((1, COUNT, 2), np.log(3.0), np.float32),
            "visible": np.full((1, COUNT), 4.0, np.float32),
            "curve": np.zeros((1, 8), np.float32),
        }

    def close(self) -> None:
        pass


def middle() -> np.ndarray:
    return np.tile([WIDTH / 2, HEIGHT / 2], (COUNT, 1)).astype(float)


def test_points_come_back_in_pixels_of_the_picture():
    landmarks = Person().landmarks()
    box = torso_box(landmarks)
    torso = middle()
    torso[C7] = 50.0, 60.0
    found = StationPredictor(NETWORK, lambda frame: landmarks, Engine(torso, middle())).predict(IMAGE)
    assert found.xy_px[C7] == pytest.approx(box.to_picture(torso[C7]), abs=0.01)
    assert found.sd_px[C7] == pytest.approx(3.0 * box.scale, rel=1e-5)
    assert found.visible[C7] > 0.9


def test_what_the_torsos_crop_does_not_show_is_read_from_the_whole_body():
    landmarks = Person().landmarks()
    torso, whole = middle(), middle()
    torso[KNEE] = torso[C7] = WIDTH / 2, HEIGHT - 0.5  # at the crop's edge: beyond it
    whole[KNEE] = 80.0, 190.0
    engine = Engine(torso, whole)
    found = StationPredictor(NETWORK, lambda frame: landmarks, engine).predict(IMAGE)
    assert found.xy_px[KNEE] == pytest.approx(body_box(landmarks).to_picture(whole[KNEE]), abs=0.01)
    assert np.isnan(found.xy_px[C7]).all()  # a point of the back is read closely or not at all
    assert found.visible[C7] == 0
    assert len(engine.asked) == 2


def test_a_reading_the_station_would_refuse_is_shown_with_the_reason():
    landmarks = Person().landmarks()
    found = StationPredictor(NETWORK, lambda frame: landmarks, Engine(middle(), middle())).predict(IMAGE)
    assert found.refused
    assert np.isfinite(found.xy_px).all()
    assert "finds nobody" in urgency(found).reason or found.refused in urgency(found).reason


def test_where_nobody_is_found_there_are_no_points():
    engine = Engine()
    found = StationPredictor(NETWORK, lambda frame: None, engine).predict(IMAGE)
    assert np.isnan(found.xy_px).all()
    assert engine.asked == []


def test_a_network_that_is_not_built_says_what_to_do():
    with pytest.raises(ModelError, match=r"spine_nowhere is not built: .* --simulated"):
        station_predictor("spine_nowhere")
