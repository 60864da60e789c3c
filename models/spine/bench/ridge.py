"""
A curve read from the predicted points alone: ridge regression, fitted on people who are not in the hold-out.

    python -m models.spine.bench fit
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edge.errors import ModelError
from edge.pose.landmarks import Joint
from edge.pose.spine_points import MIDLINE, SpinePoint
from models.people.whole_file import write_whole

FITTED = Path(__file__).with_name("points_ridge.json")
FORMAT = "points ridge/2"
HOW = "run python -m models.spine.bench fit"
CENTRES = tuple(SpinePoint(number) for number in range(SpinePoint.CENTRE_L5, SpinePoint.CENTRE_C7))
PAIRS = ("AXILLA", "WAIST", "PSIS", "SCAPULA_INFERIOR", "ACROMION")
JOINT_PAIRS = ("SHOULDER", "HIP")
STRENGTHS = tuple(float(10.0**power) for power in np.arange(-6.0, 2.01, 0.5))
FOLDS = 5

FEATURES = (
    *(point.name for point in MIDLINE[1:-1]),
    *(point.name for point in CENTRES),
    *(f"{name}_{way}" for name in (*PAIRS, *JOINT_PAIRS) for way in ("ACROSS", "UP")),
)
"""
Everything changes its sign when the person is mirrored: how far points of the midline stand from the line S-C7, how far
the middle of a pair does, and how much higher its right one is; in shares of that line.
"""


def features(spine_px: NDArray[np.floating], joints_px: NDArray[np.floating]) -> NDArray[np.float64]:
    """
    (36,) float64: `FEATURES` of one person seen from behind.

    Args:
        spine_px: (46, 2) pixels, in the order of `SpinePoint`.
        joints_px: (33, 2) or more columns, pixels.
    """
    spine = np.asarray(spine_px, np.float64)
    low, chord = spine[SpinePoint.SACRUM], spine[SpinePoint.C7] - spine[SpinePoint.SACRUM]
    length = max(float(np.linalg.norm(chord)), 1e-9)
    up = chord / length
    right = np.array([-up[1], up[0]])
    frame = np.stack([right, up])

    def placed(points: NDArray[np.floating]) -> NDArray[np.float64]:
        found: NDArray[np.float64] = (np.asarray(points, np.float64) - low) @ frame.T / length
        return found

    line = placed(spine[[*MIDLINE[1:-1], *CENTRES]])[:, 0]
    sides = [[spine[SpinePoint[f"{name}_{side}"]] for side in ("LEFT", "RIGHT")] for name in PAIRS]
    sides += [[joints_px[Joint[f"{side}_{name}"]][:2] for side in ("LEFT", "RIGHT")] for name in JOINT_PAIRS]
    pairs = [placed(np.array(pair)) for pair in sides]
    return np.concatenate([line, *[[pair[:, 0].mean(), pair[1, 1] - pair[0, 1]] for pair in pairs]])


@dataclass(frozen=True, slots=True, eq=False)
class Ridge:
    """
    A linear reading of the curves: one above, one below. A right curve above and a left one below look alike, whichever
    of them is the larger, so that no linear reading can tell the sign of the largest alone.

    Attributes:
        weights: (36, 2) float64, degrees; no constant, so that a mirrored person reads the opposite.
        about: what it was fitted on.
    """

    weights: NDArray[np.float64]
    about: Mapping[str, Any]

    def read(self, row: NDArray[np.float64]) -> float:
        """The larger of both curves of one person, degrees, + = convex to the right."""
        return float(max(row @ self.weights, key=abs))


def fit(rows: NDArray[np.float64], curves_deg: NDArray[np.float64], people: Sequence[int]) -> tuple[Ridge, float]:
    """
    Fit a ridge; how strong is decided by people left out.

    Args:
        rows: (N, 36) features.
        curves_deg: (N, 2) what was built above and below, see `Case.regions_deg`.
        people: of each row, who it shows.

    Returns:
        The reading, and the root of its mean squared error on people left out, degrees.

    Raises:
        ModelError: there are too few people.
    """
    everybody = sorted(set(people))
    if len(everybody) < FOLDS:
        raise ModelError(f"{len(everybody)} people are too few to fit the points' reading, give --seeds of more")
    folds = np.array([everybody.index(person) % FOLDS for person in people])
    errors = {strength: _left_out(rows, curves_deg, folds, strength) for strength in STRENGTHS}
    best = min(errors, key=lambda strength: errors[strength])
    return Ridge(_solve(rows, curves_deg, best), {"strength": best}), float(np.sqrt(errors[best]))


def _left_out(
    rows: NDArray[np.float64], curves_deg: NDArray[np.float64], folds: NDArray[np.intp], strength: float
) -> float:
    squares = np.empty(curves_deg.shape)
    for fold in range(FOLDS):
        out = folds == fold
        squares[out] = (rows[out] @ _solve(rows[~out], curves_deg[~out], strength) - curves_deg[out]) ** 2
    return float(squares.mean())


def _solve(rows: NDArray[np.float64], curves_deg: NDArray[np.float64], strength: float) -> NDArray[np.float64]:
    """Every feature counts in its own spread."""
    spread = np.sqrt((rows**2).mean(axis=0)) + 1e-9
    scaled = rows / spread
    gram = scaled.T @ scaled / len(rows) + strength * np.eye(rows.shape[1])
    weights: NDArray[np.float64] = np.linalg.solve(gram, scaled.T @ curves_deg / len(rows)) / spread[:, None]
    return weights


def write(ridge: Ridge, path: Path) -> None:
    """Keep a reading with what it was fitted on."""
    rows = zip(FEATURES, ridge.weights.tolist(), strict=True)
    weights = {name: [float(f"{weight:.6g}") for weight in pair] for name, pair in rows}
    content = {"format": FORMAT, "about": dict(ridge.about), "weights": weights}
    write_whole(path, (json.dumps(content, indent=1) + "\n").encode())


def read(path: Path = FITTED) -> Ridge:
    """
    Read a fitted reading.

    Raises:
        ModelError: it is missing or damaged, or belongs to other features.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] != FORMAT or tuple(content["weights"]) != FEATURES:
            raise ModelError(f"{path} belongs to another version, {HOW}")
        weights = np.array(list(content["weights"].values()), np.float64).reshape(len(FEATURES), 2)
        return Ridge(weights, dict(content["about"]))
    except FileNotFoundError:
        raise ModelError(f"{path} is missing, {HOW}") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{path} is damaged ({error}), {HOW}") from None
