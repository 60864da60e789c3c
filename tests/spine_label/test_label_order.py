"""Which picture comes first, and what is said about it."""

import numpy as np
import pygame
import pytest

from edge.errors import ModelError
from models.spine.label.prediction import Prediction, nobody
from models.spine.label.simulated import SimulatedPredictor
from models.spine.label.urgency import ASKED, REFUSED, urgency
from models.spine.layout import POINTS
from tests.spine_label.hand import C7, T8, agree, kept, site, sitting, write_picture

IMAGE = np.full((320, 180, 3), 120, np.uint8)


def prediction(sd_px=2.0, refused=None, **points):
    found = SimulatedPredictor().predict(IMAGE)
    sd = np.full(len(POINTS), sd_px, np.float32)
    for name, value in points.items():
        sd[POINTS.index(name)] = value
    return Prediction(found.xy_px, sd, found.visible, refused)


def test_the_most_uncertain_picture_comes_first(tmp_path):
    with sitting(site(tmp_path, 90, 30, 200, 150)) as hand:  # simulated: the darker, the less certain
        assert [item.file.path.name for item in hand.desk.items] == ["1.png", "0.png", "3.png", "2.png"]
        scores = [item.urgency.score for item in hand.desk.items]
        assert scores == sorted(scores, reverse=True)
        assert scores[0] > scores[-1]


def test_the_reason_stands_on_the_screen(tmp_path):
    with sitting(site(tmp_path)) as hand:
        written = " ".join(" ".join(text.paragraph.lines) for text in hand.tool.canvas.texts)
        assert hand.desk.items[0].urgency.reason in written
        assert "% of the trunk" in written


def test_uncertainty_is_a_share_of_the_trunk():
    near, far = prediction(4.0), prediction(4.0)
    far = Prediction(far.xy_px / 2, far.sd_px, far.visible)
    assert urgency(far).score == pytest.approx(2 * urgency(near).score)
    xy = near.xy_px.astype(float)
    trunk = np.linalg.norm(
        xy[[POINTS.index("left_shoulder"), POINTS.index("right_shoulder")]].mean(0)
        - xy[[POINTS.index("left_hip"), POINTS.index("right_hip")]].mean(0)
    )
    assert urgency(near).score == pytest.approx(4.0 / trunk)


def test_the_worst_points_are_named_worst_first():
    reason = urgency(prediction(2.0, L3=9.0, PSIS_LEFT=11.0, C7=5.0, left_wrist=99.0)).reason
    assert "PSIS left ±11.0 px, L3 ±9.0 px, C7 ±5.0 px" in reason
    assert "wrist" not in reason


def test_a_point_without_a_place_counts_as_the_worst_of_the_others():
    found = prediction(2.0, L3=8.0)
    xy = found.xy_px.copy()
    xy[T8] = np.nan
    missing = urgency(Prediction(xy, found.sd_px, found.visible))
    assert missing.score > urgency(found).score
    assert f"1 of {len(ASKED)} points have no place" in missing.reason


def test_a_reading_the_station_would_refuse_comes_before_the_rest():
    refused = urgency(prediction(1.0, refused="the points of the spine are out of order"))
    assert urgency(prediction(30.0)).score < REFUSED < refused.score < urgency(nobody()).score
    assert "out of order" in refused.reason
    assert "finds nobody here: no hips" in urgency(nobody("no hips")).reason


def test_touched_pictures_keep_their_place_but_are_not_opened_first(tmp_path):
    with sitting(site(tmp_path)) as hand:
        order = [item.file.path.name for item in hand.desk.items]
        hand.drag(C7, (20, 0))
        hand.keys(pygame.K_n)
        hand.drag(C7, (20, 0))
    with sitting(tmp_path) as hand:
        assert [item.file.path.name for item in hand.desk.items] == order
        assert hand.open == order[2]


def test_a_newer_network_leaves_what_was_corrected_with_the_older_ones_prediction(tmp_path):
    with sitting(site(tmp_path), SimulatedPredictor()) as hand:
        first, older = hand.open, hand.desk.network
        hand.drag(C7, (20, 0))
        corrected = hand.desk.points
    with sitting(tmp_path, SimulatedPredictor((7.0, 0.0))) as hand:
        assert hand.point(C7).predicted_px[0] == pytest.approx(corrected[C7].predicted_px[0] + 7.0)
        hand.keys(pygame.K_p)
        assert (hand.open, hand.desk.points) == (first, corrected)
        written = " ".join(" ".join(text.paragraph.lines) for text in hand.tool.canvas.texts)
        assert "an older one: corrected before" in written
        hand.drag(T8, (20, 0))
    assert kept(tmp_path, first)["network"]["sha256"] == older.sha256


def test_a_broken_network_ends_with_its_own_sentence(tmp_path):
    predictor = SimulatedPredictor()
    predictor.broken = True
    with pytest.raises(ModelError, match="broken"), sitting(site(tmp_path), predictor):
        pass


def test_where_nobody_is_found_points_are_put_by_hand(tmp_path):
    class Blind(SimulatedPredictor):
        def predict(self, image):
            return nobody()

    with sitting(site(tmp_path), Blind()) as hand:
        hand.choose(C7)
        hand.keys(pygame.K_UP)
        assert "no place yet" in hand.page.message
        hand.move((400, 300))
        hand.keys(pygame.K_SPACE)
        assert hand.point(C7).state == "corrected"
        hand.keys(pygame.K_0, pygame.K_PLUS)
        hand.drag(C7, (30, 30))
    assert kept(tmp_path, hand.open)["points"][C7]["predicted_px"] is None


def test_equal_pictures_come_by_name(tmp_path):
    for name in ("b.png", "a.png"):
        write_picture(tmp_path / name, 120)
        (tmp_path / name).write_bytes((tmp_path / name).read_bytes() + name.encode())
    agree(tmp_path)

    class Same(SimulatedPredictor):
        def predict(self, image):
            return prediction()

    with sitting(tmp_path, Same()) as hand:
        assert [item.file.path.name for item in hand.desk.items] == ["a.png", "b.png"]
