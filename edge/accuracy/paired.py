"""From what the station read to pairs with the truth."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from edge.accuracy.look import Look
from edge.accuracy.pair import Pair
from edge.accuracy.shot import Shot
from edge.accuracy.spine_truth import perfect_spine
from edge.pose.spine_estimator import read_finely
from edge.selftest.known_person import perfect
from edge.spine.measure import Measure
from edge.spine.measures import RECIPES, measure

NOBODY = "nobody found"


def pairs_of(looks: Iterable[Look]) -> list[Pair]:
    """
    One pair for every measure that can be seen from the frame's side; those of the spine where its network looked.

    What the picture truly shows is taken where the network that was measured with looks for it: joints where anatomy
    has them if the spine network read them, else where the landmark network's definition has them.
    """
    return [pair for look in looks for pair in _pairs(look)]


def due(shot: Shot, *, spine: bool = False) -> Sequence[str]:
    """The measures a frame should give; those of the spine only where a network reads it."""
    return [row for row, one in RECIPES.items() if (spine or one.needs != "spine points") and shot.view in one.views]


def _pairs(look: Look) -> list[Pair]:
    shot = look.shot
    # The truth's outline is not cut out of the picture: what stands on it has the body alone to be compared with.
    joints = shot.joints_px
    if look.measured is not None:
        joints = np.where(read_finely(look.measured)[:, None], shot.rig_px, joints)
    spine = perfect_spine(shot.spine_px)
    truth = measure(perfect(joints), shot.view, shot.setup, shot.size_px, spine).by_id
    pairs = []
    for row in due(shot, spine=look.reading is not None):
        one = _read(look, row)
        pairs.append(
            Pair(
                measure=row,
                view=shot.view.value,
                seed=shot.seed,
                take=shot.take,
                number=shot.number,
                measured=one.value,
                reason=one.reason,
                sd=one.sd,
                body=shot.measures.get(row),
                picture=truth[row].value if row in truth else None,
                strata=shot.strata,
            )
        )
    return pairs


def _read(look: Look, row: str) -> Measure:
    """A value or the reason why the station would give none."""
    unit = RECIPES[row].unit
    if look.measures is None:
        return Measure(row, None, unit, NOBODY)
    if look.faults:
        return Measure(row, None, unit, look.faults[0])
    found: Mapping[str, Measure] = look.measures.by_id
    if row in found:
        return found[row]
    refused = None if look.reading is None else look.reading.reason
    needs_spine = RECIPES[row].needs == "spine points"
    return Measure(row, None, unit, refused if refused and needs_spine else "no outline of the person")
