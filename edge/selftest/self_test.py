"""Known people are looked at and measured: whoever is read wrongly tells that a network is broken."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from edge.camera.frame import Frame
from edge.errors import ModelError
from edge.pose.estimator import LONGEST_GAP_S, Estimate
from edge.pose.landmarks import Joint, Landmarks
from edge.selftest.known_person import KnownPerson
from edge.spine.catalogue import CATALOGUE, SYMBOL
from edge.spine.measures import measure
from edge.spine.setup import Setup

BOUNDS_DEG = {"C1": 3.2, "C4": 3.4, "C6b": 1.7}
"""Measure -> how far it may be read from the truth: 90 % of single frames are closer, these pictures closer still."""
JOINTS_BOUND = 10.0
"""How far a limb's joints may be read from the truth on average, % of the trunk's length."""
LITE_SLACK = 2.0
"""The smaller landmark network misses a shoulder tilt of 5° altogether: it is only asked not to be broken."""
LIMBS = [
    Joint[f"{side}_{name}"]
    for name in ("SHOULDER", "ELBOW", "WRIST", "HIP", "KNEE", "ANKLE")
    for side in ("LEFT", "RIGHT")
]
TRUNK = [Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER, Joint.LEFT_HIP, Joint.RIGHT_HIP]


class Estimator(Protocol):
    """Finds a person in frames that follow each other."""

    def estimate(self, frame: Frame) -> Estimate:
        """Say where the person is."""

    def reset(self) -> None:
        """Forget the person."""


@dataclass(frozen=True, slots=True)
class Check:
    """
    One thing that was read from a picture.

    Attributes:
        picture: whose.
        what: e.g. "shoulder tilt".
        truth: what it is, in `unit`.
        read: what was read; None when nothing was.
        bound: how far the two may lie apart.
        unit: as people write it, e.g. "°".
    """

    picture: str
    what: str
    truth: float
    read: float | None
    bound: float
    unit: str

    @property
    def ok(self) -> bool:
        """Whether the truth was read."""
        return self.read is not None and abs(self.read - self.truth) <= self.bound

    def __str__(self) -> str:
        """
        As a person reads it.

        >>> str(Check("leaning", "shoulder tilt", 2.0, 2.13, 3.2, "°"))
        'leaning: shoulder tilt truth +2.0°, read +2.1° (within 3.2°: yes)'
        """
        read = "nothing" if self.read is None else f"{self.read:+.1f}{self.unit}"
        verdict = "yes" if self.ok else "no"
        truth = f"{self.truth:+.1f}{self.unit}"
        return f"{self.picture}: {self.what} truth {truth}, read {read} (within {self.bound:g}{self.unit}: {verdict})"


@dataclass(frozen=True, slots=True)
class SelfTest:
    """
    What the station read from people it knows.

    Attributes:
        checks: everything that was compared, at least one.
    """

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Whether everything was read rightly."""
        return bool(self.checks) and all(check.ok for check in self.checks)


def run_self_test(estimator: Estimator, people: Sequence[KnownPerson], slack: float = 1.0) -> SelfTest:
    """
    Look at known people, each afresh, and compare; the estimator has forgotten them afterwards.

    Args:
        estimator: as the station uses it.
        people: at least one.
        slack: how many times the bounds are allowed.

    Raises:
        ModelError: a network fails outright.
    """
    checks: list[Check] = []
    for number, person in enumerate(people):
        estimator.reset()
        frame = Frame(person.image, number * 2 * LONGEST_GAP_S, number)
        checks += _compare(person, estimator.estimate(frame).landmarks, slack)
    estimator.reset()
    return SelfTest(tuple(checks))


def require_self_test(estimator: Estimator, people: Sequence[KnownPerson], slack: float = 1.0) -> SelfTest:
    """
    Do the self-test and go no further when it fails; arguments as for `run_self_test`.

    Raises:
        ModelError: a known person was read wrongly; the message says which.
    """
    found = run_self_test(estimator, people, slack)
    wrong = [check for check in found.checks if not check.ok]
    if wrong or not found.ok:
        said = str(wrong[0]) if wrong else "there is nobody to look at"
        raise ModelError(
            f"the networks read a person they should know wrongly ({said}), "
            "build them again (python -m models.build) or choose another engine"
        )
    return found


def _compare(person: KnownPerson, read: Landmarks | None, slack: float) -> list[Check]:
    true = person.landmarks()
    checks = [Check(person.name, "joints off by", 0.0, _joints_off(read, person), slack * JOINTS_BOUND, " %")]
    truths = measure(true, person.view, Setup()).by_id
    reads = None if read is None else measure(read, person.view, Setup()).by_id
    for row, bound in BOUNDS_DEG.items():
        truth = truths[row].value
        if truth is not None:
            value = None if reads is None else reads[row].value
            checks.append(Check(person.name, CATALOGUE[row].name, truth, value, slack * bound, SYMBOL["deg"]))
    return checks


def _joints_off(read: Landmarks | None, person: KnownPerson) -> float | None:
    """Mean distance of the limbs' joints from the truth, % of the trunk's length; None when nobody was found."""
    if read is None:
        return None
    truth_px = person.joints_px
    known = [joint for joint in LIMBS if np.isfinite(truth_px[joint]).all()]
    ends = truth_px[TRUNK].reshape(2, 2, 2).mean(axis=1)
    off_px = np.linalg.norm(read.xyz_px[known, :2] - truth_px[known], axis=1).mean()
    return float(100 * off_px / np.linalg.norm(ends[1] - ends[0]))
