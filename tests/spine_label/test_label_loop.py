"""Predict, correct, learn: a hand that knows the truth of rendered people closes the circle."""

from __future__ import annotations

import hashlib
import math
from pathlib import Path

import cv2
import numpy as np
import pygame
import pytest

from models.people.sample import sample
from models.people.studio import studio
from models.spine.label.corrections import MARGIN, SIZE_PX, Sample, samples, torso_crop
from models.spine.label.folder import LabelFolder, pictures_of
from models.spine.label.prediction import Prediction
from models.spine.label.record import Network
from models.spine.layout import COUNT, POINTS, points_of
from tests.spine_label.hand import Hand, agree, sitting

SEEDS = (411, 412, 413)
BIAS = np.array([9.0, -6.0])
"""Pixels of the torso's crop."""


def digest(image: np.ndarray) -> str:
    return hashlib.sha256(image.tobytes()).hexdigest()


class Biased:
    """
    A network that knows the people but for one constant, in the torso's crop as networks see it, and some scatter.

    `taught` is what it learnt from corrections: the constant that fits them best.
    """

    def __init__(self, truths: dict[str, np.ndarray], taught: np.ndarray | None = None) -> None:
        self._truths = truths
        self._taught = np.zeros(2) if taught is None else taught
        self.network = Network(name="biased", sha256=hashlib.sha256(self._taught.tobytes()).hexdigest())

    def predict(self, image: np.ndarray) -> Prediction:
        truth = self._truths[digest(image)]
        scale, _ = torso_crop(truth, SIZE_PX, MARGIN)
        scatter = np.random.default_rng(7).normal(0.0, 0.5, (COUNT, 2))
        xy_px = truth + (BIAS - self._taught + scatter) / scale
        return Prediction(xy_px.astype(np.float32), np.full(COUNT, 4.0 / scale, np.float32), np.ones(COUNT, np.float32))

    def retrained(self, found: list[tuple[Sample, np.ndarray]]) -> Biased:
        """Fitted to corrections by weighted least squares: one constant, added to every point of the crop."""
        rows, wanted, weights = [], [], []
        for one, predicted_px in found:
            predicted = (predicted_px - one.corner_px) * one.scale
            rows.append(np.ones((int(one.known.sum()), 1)))
            wanted.append((predicted - one.points)[one.known])
            weights.append(np.sqrt(one.weight[one.known])[:, None])
        weight = np.concatenate(weights)
        fit, *_ = np.linalg.lstsq(weight * np.concatenate(rows), weight * np.concatenate(wanted), rcond=None)
        return Biased(self._truths, self._taught + fit[0])


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    """Three rendered people in a folder, with the truth of each."""
    folder, truths = tmp_path_factory.mktemp("people"), {}
    for seed in SEEDS:
        _, image, truth = next(iter(studio().frames(sample(seed, "draft"), [0])))
        assert cv2.imwrite(str(folder / f"{seed}.png"), image)
        truths[digest(image)] = points_of(truth)[0].astype(np.float64)
    agree(folder)
    return folder, truths


def truth_of(folder: Path, name: str, truths) -> np.ndarray:
    return truths[digest(cv2.imread(str(folder / name)))]


def correct(hand: Hand, truth: np.ndarray) -> None:
    """Bring every shown point of the open picture to its place: the mouse for far ones, arrows for the rest."""
    places, scale = {number: hand.page.place(number) for number in hand.page.numbers}, hand.page.view.scale
    with hand.at_once():
        for number, (x, y) in places.items():
            hand.keys(pygame.K_TAB)
            by = round((truth[number, 0] - x) * scale), round((truth[number, 1] - y) * scale)
            if math.hypot(*by) >= 3:
                hand.drag(number, by)
                continue
            across, down = round((truth[number, 0] - x) / 0.5), round((truth[number, 1] - y) / 0.5)
            keys = [pygame.K_RIGHT if across > 0 else pygame.K_LEFT] * abs(across)
            keys += [pygame.K_DOWN if down > 0 else pygame.K_UP] * abs(down)
            hand.keys(*(keys or [pygame.K_c]))


def errors_px(folder: Path, name: str, predictor: Biased, truths) -> np.ndarray:
    image = cv2.imread(str(folder / name))
    return np.linalg.norm(predictor.predict(image).xy_px - truths[digest(image)], axis=1)


@pytest.mark.timeout(300)  # renders first
def test_corrections_are_the_truth_within_half_a_pixel_and_what_learns_from_them_gets_better(people):
    folder, truths = people
    biased = Biased(truths)
    with sitting(folder, biased) as hand:
        done = []
        for _ in range(2):
            correct(hand, truth_of(folder, hand.open, truths))
            done.append(hand.open)
            hand.keys(pygame.K_n)
        held_out = hand.open
        shown = hand.page.numbers
    assert held_out not in done

    pairs = []
    by_hash = {file.sha256: file.path.name for file in pictures_of(folder)}
    for one in samples(folder):
        truth = truth_of(folder, by_hash[one.sha256], truths)
        there = one.points / one.scale + one.corner_px
        assert set(np.flatnonzero(one.known)) == set(shown)
        assert np.linalg.norm(there - truth, axis=1)[one.known].max() < 0.5
        labels = LabelFolder(folder).load(one.sha256)
        pairs.append((one, np.array([point.predicted_px for point in labels.points])))
    assert len(pairs) == 2

    better = biased.retrained(pairs)
    before, after = (errors_px(folder, held_out, one, truths).mean() for one in (biased, better))
    assert before > 4.0
    assert after < before / 5
    assert better.network != biased.network


def test_a_hand_that_corrects_nothing_teaches_nothing(people, tmp_path):
    folder, truths = people
    for file in pictures_of(folder):
        (tmp_path / file.path.name).write_bytes(file.path.read_bytes())
    agree(tmp_path)
    with sitting(tmp_path, Biased(truths)) as hand:
        for _ in SEEDS:
            hand.click(hand.on_screen(POINTS.index("C7")))
            hand.keys(pygame.K_n)
    assert list(samples(tmp_path)) == []
