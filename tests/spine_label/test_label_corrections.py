"""What training gets of the corrections."""

import cv2
import numpy as np
import pygame
import pytest

from edge.errors import PictureError, StoreError
from edge.pose.spine_answer import HELD
from models.spine.label.corrections import MARGIN, SIZE_PX, samples
from models.spine.label.folder import LabelFolder, pictures_of
from models.spine.label.prediction import nobody
from models.spine.label.pyramid import Pyramid
from models.spine.label.simulated import SimulatedPredictor
from models.spine.layout import COUNT, POINTS
from tests.spine_label.hand import C7, L3, SHOULDER, T8, agree, site, sitting


def only(folder):
    found = list(samples(folder))
    assert len(found) == 1
    return found[0]


def test_corrected_counts_more_than_confirmed_and_predicted_nothing(tmp_path):
    with sitting(site(tmp_path)) as hand:
        hand.drag(C7, (20, 0))
        hand.choose(T8)
        hand.keys(pygame.K_c)
        hand.choose(L3)
        hand.keys(pygame.K_h)
    sample = only(tmp_path)
    assert sample.weight[C7] > sample.weight[T8] > sample.weight[L3] == 0
    assert set(np.flatnonzero(sample.known)) == {C7, T8}
    assert (sample.weight[~sample.known] == 0).all()
    assert (sample.points[~sample.known] == 0).all()
    assert set(np.flatnonzero(sample.said)) == {C7, T8, L3}
    assert set(np.flatnonzero(sample.visible)) == {C7, T8}


def test_a_sample_has_the_promised_shapes(tmp_path):
    with sitting(site(tmp_path)) as hand:
        hand.drag(C7, (20, 0))
    sample = only(tmp_path)
    width, height = SIZE_PX
    assert (sample.image.shape, sample.image.dtype) == ((height, width, 3), np.uint8)
    assert (sample.points.shape, sample.points.dtype) == ((COUNT, 2), np.float32)
    assert (sample.known.shape, sample.known.dtype) == ((COUNT,), np.bool_)
    assert sample.image.flags.c_contiguous


def test_crop_and_points_lie_on_each_other_and_colours_are_rgb(tmp_path):
    """A red dot where a point is put must lie under that point in the crop."""
    image = np.full((320, 180, 3), 90, np.uint8)
    image[::2] += 20
    where = (101.3, 77.6)
    cv2.circle(
        image, (round((where[0] - 0.5) * 16), round((where[1] - 0.5) * 16)), 3 * 16, (0, 0, 255), -1, cv2.LINE_AA, 4
    )
    assert cv2.imwrite(str(tmp_path / "0.png"), image)
    agree(tmp_path)
    with sitting(tmp_path) as hand:
        hand.choose(C7)
        hand.keys(*[pygame.K_PLUS] * 6)
        x, y = hand.page.view.to_screen(where)
        hand.move((int(x), int(y)))
        hand.keys(pygame.K_SPACE)
    sample = only(tmp_path)
    red = (sample.image[:, :, 0].astype(int) - sample.image[:, :, 2]).clip(20) - 20.0
    rows, columns = np.indices(red.shape) + 0.5
    centre = np.array([(columns * red).sum(), (rows * red).sum()]) / red.sum()
    assert sample.points[C7] == pytest.approx(centre, abs=0.35)


def test_the_crop_holds_the_torso_with_a_margin(tmp_path):
    with sitting(site(tmp_path)) as hand:
        hand.keys(pygame.K_c, shift=True)
    sample = only(tmp_path)
    torso = sample.points[[n for n in HELD if sample.known[n]]]
    low, high = torso.min(axis=0), torso.max(axis=0)
    spread = (high - low) / np.array(SIZE_PX)
    assert spread.max() == pytest.approx(1 / MARGIN, abs=0.02)
    assert (low + high) / 2 == pytest.approx(np.array(SIZE_PX) / 2, abs=1.0)
    picture = sample.points[SHOULDER] / sample.scale + sample.corner_px
    assert picture == pytest.approx(
        SimulatedPredictor().predict(np.zeros((320, 180, 3), np.uint8)).xy_px[SHOULDER], abs=0.01
    )


def test_what_was_taken_back_is_no_sample(tmp_path):
    with sitting(site(tmp_path)) as hand:
        hand.drag(C7, (20, 0))
        hand.keys(pygame.K_z)
    assert list(samples(tmp_path)) == []


def test_a_folder_nobody_labelled_gives_nothing(tmp_path):
    assert list(samples(site(tmp_path))) == []


def test_damaged_labels_and_pictures_are_not_left_out_in_silence(tmp_path):
    with sitting(site(tmp_path)) as hand:
        first = hand.open
        hand.drag(C7, (20, 0))
    sha256 = next(file.sha256 for file in pictures_of(tmp_path) if file.path.name == first)
    path = LabelFolder(tmp_path).file(sha256)
    path.write_bytes(path.read_bytes()[:300])
    with pytest.raises(StoreError, match="damaged"):
        list(samples(tmp_path))


def test_too_few_points_for_a_crop_are_said(tmp_path):
    class Blind(SimulatedPredictor):
        def predict(self, image):
            return nobody()

    with sitting(site(tmp_path), Blind()) as hand:
        hand.choose(C7)
        hand.keys(pygame.K_SPACE)
    with pytest.raises(PictureError, match="label shoulders and hips too"):
        list(samples(tmp_path))


@pytest.mark.parametrize("scale", [0.13, 0.37, 0.5, 1.0, 2.7])
def test_a_pyramid_cuts_where_it_says_at_every_scale(scale):
    image = np.zeros((801, 603, 3), np.uint8)
    where = np.array([301.2, 420.7])
    cv2.circle(image, tuple(round((v - 0.5) * 16) for v in where), 24 * 16, (255, 255, 255), -1, cv2.LINE_AA, 4)
    corner = where - np.array([160, 120]) / scale
    found = Pyramid(image).cut(scale, tuple(corner), (320, 240))[:, :, 0].astype(float)
    rows, columns = np.indices(found.shape) + 0.5
    centre = np.array([(columns * found).sum(), (rows * found).sum()]) / found.sum()
    assert centre == pytest.approx([160, 120], abs=0.1)


def test_every_torso_point_is_one_a_standing_person_has():
    assert {POINTS[number] for number in HELD} == {
        "left_shoulder", "right_shoulder", "left_hip", "right_hip", "nose", "HEAD_TOP", "C7",
    }  # fmt: skip
