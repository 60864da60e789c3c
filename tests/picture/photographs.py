"""Picture files with a person of known posture, and an estimator that knows where they stand."""

import cv2
import numpy as np

from edge.pose.body_view import BodyView
from edge.pose.estimator import Estimate
from edge.spine.setup import Setup
from tests.people import Person

PERSON = Person(shoulder_tilt_deg=6.0, px_per_m=600.0)


class SimulatedEstimator:
    """Says what it was told about every picture, and keeps the frames it was shown."""

    def __init__(self, landmarks, people=1):
        self.landmarks, self.people = landmarks, people
        self.frames = []

    def estimate(self, frame):
        self.frames.append(frame)
        return Estimate(self.landmarks, self.people)


def knows(person=PERSON, people=1):
    return SimulatedEstimator(person.landmarks() if person else None, people)


def noisy(width=720, height=1280, seed=0):
    """(H, W, 3) uint8: something to see, brighter towards the top so that a turn shows."""
    ramp = np.linspace(220, 30, height)[:, None, None]
    noise = np.random.default_rng(seed).integers(0, 30, (height, width, 3))
    return (ramp + noise).astype(np.uint8)


def save(path, image=None):
    path.write_bytes(cv2.imencode(path.suffix, noisy() if image is None else image)[1].tobytes())
    return path


BACK = BodyView.BACK
NO_SETUP = Setup()
