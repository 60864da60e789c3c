"""The network and everything it has to beat, on the same scenes."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from edge.occlusion.window import BODY
from models.occlusion.answers import Errors, Runner, coverage, errors, reduction
from models.occlusion.baselines import Ridge, causal, offline
from models.occlusion.camera import Shots, random_shots
from models.occlusion.clips import Clips
from models.occlusion.scenes import KINDS, Kind, Scene, scene

POSES = 2800
RIDGES = ("ridge", "ridge + held residual")


@dataclass(frozen=True, slots=True, eq=False)
class Contest:
    """
    One set and kind of mask.

    Attributes:
        kind: of mask.
        ours: errors of each form of the network, "float" first.
        theirs: errors of each baseline.
        covered_percent: of the float network's stated uncertainty.
    """

    kind: Kind
    ours: dict[str, Errors]
    theirs: dict[str, Errors]
    covered_percent: float

    @property
    def best(self) -> str:
        """Name of the best baseline, by the mean on this very test."""
        return min(self.theirs, key=lambda name: self.theirs[name].mean)

    def gain(
        self, form: str = "float", against: str | None = None, *, median: bool = False
    ) -> tuple[float, float, float]:
        """By how many % one form is better than a baseline, the best without a name, with its 95 % interval."""
        name = against or (min(self.theirs, key=lambda n: self.theirs[n].median) if median else self.best)
        return reduction(self.ours[form], self.theirs[name], median=median)


def contest(clips: Clips, kind: Kind, runners: Mapping[str, Runner], ridge: Ridge, how: "How") -> Contest:
    """Let all methods answer for one set and kind of mask."""
    asked = scene(clips, kind, how.per_clip, np.random.default_rng(how.seed), how.lender)
    ours, covered = {}, 0.0
    for form, runner in runners.items():
        xy, sd = runner.all(asked.window)
        ours[form] = errors(xy, asked)
        covered = coverage(xy, sd, asked) if form == "float" else covered
    found = causal(ridge, asked.truth, asked.shown, asked.torso_px)
    names = [name for name in found if kind.id != "whole" or name not in RIDGES]
    return Contest(kind, ours, {name: errors(found[name], asked) for name in names}, covered)


@dataclass(frozen=True, slots=True)
class How:
    """Windows a clip, dice, and whose visibility patterns are borrowed."""

    per_clip: int = 1
    seed: int = 7
    lender: Clips | None = None


def behind(clips: Clips, how: How) -> dict[str, float]:
    """Offline, eight samples of a side hidden between seen ones: mean error of every method in % of the torso."""
    side = next(kind for kind in KINDS if kind.id == "side")
    asked: Scene = scene(clips, side, how.per_clip, np.random.default_rng(how.seed), offline=True)
    found = offline(asked.truth, asked.shown, asked.torso_px)
    return {name: errors(places, asked).mean for name, places in found.items()}


def ridge_of(sources: Mapping[str, tuple[Clips, float]], rng: Generator, poses: int = POSES) -> Ridge:
    """A ridge that learns from the very sources, in the same shares, as a network does."""
    shares = np.array([share for _, share in sources.values()])
    each = rng.multinomial(poses, shares / shares.sum())
    drawn = [_newest(random_shots(clips, n, rng)) for (clips, _), n in zip(sources.values(), each, strict=True) if n]
    return Ridge(_mirrored(np.concatenate(drawn), rng))


def ridge_of_set(clips: Clips, rng: Generator, poses: int = POSES) -> Ridge:
    """A ridge that learns from complete frames of one set."""
    complete = np.flatnonzero(clips.seen[:, BODY].all(axis=1))
    rows = rng.choice(complete, min(poses, len(complete)), replace=False)
    return Ridge(_mirrored(clips.xyz[rows][:, BODY, :2].astype(np.float64), rng))


def _newest(found: Shots) -> NDArray[np.float64]:
    complete = found.usable[:, -1, BODY].all(axis=1)
    places: NDArray[np.float64] = found.xy_px[complete][:, -1, BODY]
    return places


def _mirrored(poses: NDArray[np.float64], rng: Generator) -> NDArray[np.float64]:
    flip = rng.random(len(poses)) < 0.5
    out = poses.copy()
    out[flip] = out[flip][:, [0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11]] * np.array([-1.0, 1.0])
    return out
