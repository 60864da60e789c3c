"""People drawn as a red disc at mid-hip and a green one at the top of their circle; networks that read the discs."""

import cv2
import numpy as np

from edge.camera.frame import Frame
from edge.pose.detector import ANCHORS
from edge.pose.landmarks import COUNT

ALONG = np.linspace(-0.8, 0.8, COUNT)
"""Where each landmark of a drawn person lies, from mid-hip (0) to the top (1)."""

COLD = -100.0


def drawn(*people, size_px=(640, 480), time_s=0.0, index=0, radius_px=5):
    """A frame of people, each ((hip x, y), (top x, y)) in pixels."""
    image = np.zeros((size_px[1], size_px[0], 3), np.uint8)
    for hip, top in people:
        cv2.circle(image, hip, radius_px, (0, 0, 255), -1)
        cv2.circle(image, top, radius_px, (0, 255, 0), -1)
    return Frame(image, time_s, index)


def expected_xy(hip, top):
    """(33, 2) where a drawn person's landmarks must come out."""
    return np.asarray(hip) + ALONG[:, None] * (np.asarray(top, float) - hip)


def detector_outputs(people):
    """What the detector gives for people ((hip x, y), (top x, y), face (x, y, side), score), shares of its picture."""
    boxes, scores = np.zeros((1, len(ANCHORS), 12), np.float32), np.full((1, len(ANCHORS), 1), COLD, np.float32)
    used = set()
    for hip, top, face, score in people:
        order = np.argsort(np.linalg.norm(ANCHORS - hip, axis=1), kind="stable")
        anchor = next(int(a) for a in order if int(a) not in used)
        used.add(anchor)
        shoulder = np.mean([hip, top], axis=0)
        points = np.array([face[:2], hip, top, shoulder, top]) - ANCHORS[anchor]
        boxes[0, anchor] = 224 * np.concatenate([points[0], [face[2], face[2]], points[1:].ravel()])
        scores[0, anchor] = np.log(score / (1 - score))
    return {"boxes": boxes, "scores": scores}


class MarkerDetector:
    """A detector network for drawn people; counts how often it ran."""

    description = "simulated detector"

    def __init__(self):
        self.runs = 0
        self.blind = False

    def run(self, inputs):
        self.runs += 1
        picture = (inputs["image"][0] + 1) / 2
        assert picture.shape == (3, 224, 224)
        hips, tops = _discs(picture[0]), _discs(picture[1])
        people = []
        for hip in [] if self.blind else hips:
            top = min(tops, key=lambda point: np.linalg.norm(point - hip))
            people.append((hip / 224, top / 224, (*(top / 224), 0.02), 0.9))
        return detector_outputs(people)

    def close(self):
        pass


class MarkerLandmarker:
    """A landmark network for drawn people: reads the discs nearest to the crop's middle."""

    description = "simulated landmarks"

    def __init__(self):
        self.runs = 0

    def run(self, inputs):
        self.runs += 1
        crop = inputs["image"][0]
        hips, tops = _discs(crop[0]), _discs(crop[1])
        rows, world = np.zeros((39, 5), np.float32), np.zeros((39, 3), np.float32)
        present = bool(hips) and bool(tops)
        if present:
            hip = min(hips, key=lambda point: np.linalg.norm(point - 128))
            top = min(tops, key=lambda point: np.linalg.norm(point - hip))
            rows[:COUNT, :2] = expected_xy(hip, top)
            rows[COUNT, :2], rows[COUNT + 1, :2] = hip, top
            rows[:, 2] = 16.0
            rows[:, 3] = 3.0
            world[:COUNT] = [0.0, -0.5, 0.1]
        heat = np.full((1, 39, 64, 64), COLD, np.float32)
        presence = np.array([[0.9 if present else 0.1]], np.float32)
        return {
            "landmarks": rows.reshape(1, -1),
            "presence": presence,
            "heatmap": heat,
            "world": world.reshape(1, -1),
        }

    def close(self):
        pass


def _discs(plane):
    """Centres x, y of the bright discs of one colour plane."""
    _, _, _, centres = cv2.connectedComponentsWithStats((plane > 0.4).astype(np.uint8))
    return list(centres[1:])
