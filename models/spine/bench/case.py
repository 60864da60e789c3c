"""One rendered picture with the truth about spine and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from edge.accuracy.shot import Shot, shot_of
from edge.errors import PictureError
from edge.pose.landmarks import Landmarks
from edge.pose.spine_layout import CENTRES, SPINETRACK_COUNT
from edge.pose.spine_points import SPINE_COUNT, SpinePoint, SpinePoints
from edge.selftest.known_person import perfect
from edge.selftest.record import Record, joints_px, read_record
from models.people.truth.record import Truth
from models.people.truth.seen import Seen
from models.spine.layout import points_of

IN_NETWORKS_ORDER = [SPINETRACK_COUNT + point for point in SpinePoint if point < SpinePoint.CENTRE_SACRUM] + [
    number for number, _ in sorted(CENTRES.items(), key=lambda pair: pair[1])
]
"""For each `SpinePoint` its place among the network's 74 points."""
UPPER = tuple(f"T{number}" for number in range(1, 11))
"""Apexes of the upper curves."""
S, C7 = SpinePoint.SACRUM, SpinePoint.C7


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """
    One frame.

    Attributes:
        shot: the picture, the place and the body.
        joints_px: (33, 2) float64, pixels: the joints of the anatomy, as the spine network is taught them; NaN where
            not known.
        spine_px: (46, 2) float64, pixels, in the order of `SpinePoint`.
        visible: (46,) bool, False where something stands before the point.
        curve_deg: the largest curve that was built, + = convex to the person's right; 0 for a straight spine.
        single: whether one curve was asked for, not two.
        trunk_mm: from the sacrum to C7 on the skin, straight.
        regions_deg: the largest curve with its apex at T10 or above, and the largest below; signed, 0 without one.
    """

    shot: Shot
    joints_px: NDArray[np.float64]
    spine_px: NDArray[np.float64]
    visible: NDArray[np.bool_]
    curve_deg: float
    single: bool
    trunk_mm: float
    regions_deg: tuple[float, float]

    @property
    def trunk_px(self) -> float:
        """From the sacrum to C7 in the picture."""
        return float(np.linalg.norm(self.spine_px[C7] - self.spine_px[S]))

    def landmarks(self) -> Landmarks:
        """The joints as a network without error would give them."""
        return perfect(self.joints_px, self.shot.time_s)

    def spine_points(self) -> SpinePoints:
        """The points of spine and back as a network without error and without doubt would give them."""
        return SpinePoints(
            xy_px=self.spine_px.astype(np.float32),
            covariance_px2=np.zeros((SPINE_COUNT, 2, 2), np.float32),
            score=np.ones(SPINE_COUNT, np.float32),
            recovered=np.zeros(SPINE_COUNT, np.bool_),
            time_s=self.shot.time_s,
        )


def read_cases(folder: Path, seeds: range, distribution: str) -> list[list[Case]]:
    """
    The first take of every person in a folder of renders, in the order of the seeds; frames in their order.

    Raises:
        PictureError: a truth cannot be read, or somebody is missing altogether.
    """
    people: dict[int, list[Case]] = {seed: [] for seed in seeds}
    for path in sorted(folder.rglob(f"{distribution}-*-t0-f*.json")):
        record = read_record(path)
        if record.get("seed") in seeds and record.get("distribution") == distribution:
            case = case_of(record, path)
            people[case.shot.seed].append(case)
    missing = [seed for seed, cases in people.items() if not cases]
    if missing:
        raise PictureError(
            f"{folder}: nobody of {distribution} with seed {missing[0]} ({len(missing)} of {len(seeds)} missing); "
            "leave --renders out to have them rendered"
        )
    return [sorted(people[seed], key=lambda case: case.shot.number) for seed in seeds]


def case_of(record: Record, path: Path) -> Case:
    """
    Put a case together from its truth.

    Raises:
        PictureError: something is missing in the record.
    """
    shot = shot_of(record, path)
    try:
        px, visible = points_of(_truth(record))
        built: Sequence[Record] = record["built_curves"]
        asked = len(record["posture"]["curves"])
        skin = record["points"]["spine_skin"]
        regions = _largest_deg(built, upper=True), _largest_deg(built, upper=False)
        low, high = (np.array(skin["m"][skin["names"].index(level)], np.float64) for level in ("S", "C7"))
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise PictureError(f"{path}: the truth about the spine is incomplete ({error}), render it again") from None
    largest = max(built, key=lambda curve: curve["angle_deg"], default=None)
    return Case(
        shot=shot,
        joints_px=joints_px(record, "joints"),
        spine_px=px[IN_NETWORKS_ORDER].astype(np.float64),
        visible=visible[IN_NETWORKS_ORDER],
        curve_deg=0.0 if largest is None else float(largest["side"] * largest["angle_deg"]),
        single=asked == 1,
        trunk_mm=float(np.linalg.norm(high - low)) * 1000,
        regions_deg=regions,
    )


def _largest_deg(built: Sequence[Record], *, upper: bool) -> float:
    """The largest signed curve of one half of the spine."""
    own = [float(one["side"] * one["angle_deg"]) for one in built if (one["apex"] in UPPER) == upper]
    return max(own, key=abs, default=0.0)


def _truth(record: Record) -> Truth:
    """As much of the truth as names points."""
    groups = {
        name: Seen(
            tuple(group["names"]),
            np.array(group["m"], np.float64),
            np.array(group["px"], np.float64),
            np.array(group["visible"], np.bool_),
            np.array(group["inside"], np.bool_),
        )
        for name, group in record["points"].items()
    }
    return Truth({"view": record["view"]}, groups, {}, {}, (), np.zeros((0, 0), np.bool_))
