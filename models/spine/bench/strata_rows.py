"""For whom the network is worse: the worst kind of person or place beside the best and the mean."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from edge.bench.row import Row, at_most
from edge.pose.spine_points import MIDLINE
from models.spine.bench.angle_rows import errors
from models.spine.bench.look import Look
from models.spine.bench.point_rows import errors_pct

KINDS = ("skin", "clothing", "light", "age", "build")
MOST_OF_MEAN = 1.5
FEWEST_PEOPLE = 3
"""A kind with fewer people says nothing."""

Sizes = Callable[[Look], list[float]]


@dataclass(frozen=True, slots=True)
class Stratum:
    """
    One kind of person or place.

    Attributes:
        name: e.g. "skin dark".
        people: how many.
        mean: absolute error.
    """

    name: str
    people: int
    mean: float


def strata(looks: Sequence[Look], kind: str, sizes: Sizes) -> list[Stratum]:
    """Every stratum of a kind with enough people, the best first."""
    people: dict[str, set[int]] = {}
    found: dict[str, list[float]] = {}
    for look in looks:
        own, name = sizes(look), look.case.shot.strata.get(kind)
        if name is not None and own:
            people.setdefault(name, set()).add(look.case.shot.seed)
            found.setdefault(name, []).extend(own)
    known = [name for name, seeds in people.items() if len(seeds) >= FEWEST_PEOPLE]
    every = [Stratum(f"{kind} {name}", len(people[name]), float(np.mean(found[name]))) for name in known]
    return sorted(every, key=lambda one: one.mean)


def strata_rows(standing: Sequence[Look], curved: Sequence[Look], suffix: str = "") -> list[Row]:
    """
    The worst stratum over the mean, for three angles and for the midline.

    Args:
        standing: looks of V1.
        curved: looks of S1.
        suffix: of the ids.
    """
    angles = {"C1": "shoulder_tilt_back", "C4": "pelvis_tilt_back", "C6b": "trunk_lean_back"}
    rows = [_row(name, standing, _angle(row), suffix) for row, name in angles.items()]
    return [*rows, _row("midline_points", curved, lambda look: errors_pct(look, MIDLINE), suffix)]


def _row(name: str, looks: Sequence[Look], sizes: Sizes, suffix: str) -> Row:
    everything = [size for look in looks for size in sizes(look)]
    found = sorted((one for kind in KINDS for one in strata(looks, kind, sizes)), key=lambda one: one.mean)
    if not found or not np.mean(everything) > 0:
        return at_most(f"{name}_worst_stratum_over_mean{suffix}", None, MOST_OF_MEAN, "", "too few people")
    mean, best, worst = float(np.mean(everything)), found[0], found[-1]
    note = f"mean {mean:.2f}, worst {_said(worst)}, best {_said(best)}"
    return at_most(f"{name}_worst_stratum_over_mean{suffix}", worst.mean / mean, MOST_OF_MEAN, "", note)


def _angle(row: str) -> Sizes:
    return lambda look: [abs(error) for own in errors([look], [row])[row].values() for error in own]


def _said(one: Stratum) -> str:
    return f"{one.name} {one.mean:.2f} ({one.people})"
