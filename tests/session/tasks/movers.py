"""People who bend, walk and jump, as a perfect network would see them from behind; and a task played frame by frame."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np

from edge.pose.body_view import BodyView
from edge.pose.landmarks import Joint, Landmarks
from edge.pose.observation import Observation
from edge.pose.silhouette import SIDE, Silhouette
from edge.risk.movement_risk import MovementRisk
from edge.session.tasks.course import TaskCourse
from edge.session.tasks.plan import TaskKind, TaskPlan
from edge.session.tasks.task import Place
from edge.session.tasks.view import TaskStep
from edge.spine.setup import Setup
from tests.people import SIZE_PX, Person

PX_PER_M = 600.0
SETUP = Setup(px_per_m=PX_PER_M)
STILL = Person(px_per_m=PX_PER_M)
FEET = [joint for joint in Joint if joint >= Joint.LEFT_KNEE]
SIDES = {"LEFT": 1.0, "RIGHT": -1.0}
Mover = Callable[[float], Landmarks | None]
"""Seconds since the movement began -> the person; None = nobody in the picture."""


def standing(time_s: float = 0.0, **how: object) -> Landmarks:
    return replace(STILL, time_s=time_s, **how).landmarks()


def bent(depth_deg: float, aside_px: float = 0.0) -> Landmarks:
    """Bent forward, away from the camera: what is above the hips comes down, and aside by so much at the shoulders."""
    person = standing()
    xyz = person.xyz_px.copy()
    hip_y = xyz[[Joint.LEFT_HIP, Joint.RIGHT_HIP], 1].mean()
    upper = np.arange(len(xyz)) < Joint.LEFT_HIP
    above = (hip_y - xyz[upper, 1]).copy()
    trunk = hip_y - xyz[[Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER], 1].mean()
    xyz[upper, 1] = hip_y - above * np.cos(np.radians(depth_deg))
    xyz[upper, 0] += aside_px * above / trunk
    return replace(person, xyz_px=xyz)


def bender(rounds: int = 2, round_s: float = 4.0, deepest_deg: float = 95.0, aside_px: float = 0.0) -> Mover:
    def at(time_s: float) -> Landmarks:
        if time_s >= rounds * round_s:
            return standing()
        share = 0.5 - 0.5 * np.cos(2 * np.pi * time_s / round_s)
        return bent(deepest_deg * share, aside_px * share)

    return at


def walker(step_s: float = 0.5, right_longer: float = 0.0, moved_px: float = 60.0) -> Mover:
    """Walks away: the leading foot is higher in the picture. Right steps take longer by this share of their mean."""
    left_s, right_s = step_s * (1 - right_longer / 2), step_s * (1 + right_longer / 2)

    def at(time_s: float) -> Landmarks:
        person = standing()
        within = time_s % (left_s + right_s)
        wave = np.sin(np.pi * within / right_s) if within < right_s else -np.sin(np.pi * (within - right_s) / left_s)
        xyz = person.xyz_px.copy()
        for joint in FEET:
            xyz[joint, 1] += moved_px / 2 * wave * SIDES[joint.name.split("_")[0]]
        return replace(person, xyz_px=xyz)

    return at


def jumper(height_m: float = 0.25, rounds: int = 3, round_s: float = 2.0) -> Mover:
    """Leaves the floor half a second into each round."""
    air_s = 2 * np.sqrt(2 * height_m / 9.81)

    def at(time_s: float) -> Landmarks:
        person = standing()
        flown = time_s % round_s - 0.5
        if time_s >= rounds * round_s or not 0 < flown < air_s:
            return person
        xyz = person.xyz_px.copy()
        xyz[:, 1] -= PX_PER_M * 9.81 / 2 * flown * (air_s - flown)
        return replace(person, xyz_px=xyz)

    return at


def unsure(mover: Mover, score: float = 0.3) -> Mover:
    def at(time_s: float) -> Landmarks | None:
        person = mover(time_s)
        return None if person is None else replace(person, score=np.full_like(person.score, score))

    return at


def back(angle_deg, hips_px):
    """The outline of a bent back over the hips, one side higher."""
    step = 600 / SIDE
    u, v = np.meshgrid(np.arange(SIDE), np.arange(SIDE))
    x, up = (u - SIDE / 2) * step / PX_PER_M, (SIDE / 2 - v) * step / PX_PER_M
    top = 0.12 * np.sqrt(np.clip(1 - (x / 0.17) ** 2, 0, 1)) + x * np.tan(np.radians(angle_deg))
    mask = (np.abs(x) < 0.17) & (up < top) & (up > -0.4)
    return Silhouette(mask, np.array([[step, 0, hips_px[0] - 300], [0, step, hips_px[1] - 300]]))


class SimulatedIndex:
    """Counts what it was shown and says what it was told to."""

    def __init__(self, index: float = 0.3) -> None:
        self.index, self.count = index, 0

    def see(self, observation: Observation) -> None:
        self.count += 1

    def finish(self) -> MovementRisk:
        return MovementRisk(1.0, self.index, None, coverage=0.9)


@dataclass
class Stage:
    """One frame of the play: what is seen, how many people, whether the camera works."""

    person: Landmarks | None
    people: int = 1
    trouble: str | None = None
    outline: Silhouette | None = None


class Play:
    """Leads a course of tasks through time; the movement begins when the countdown is over."""

    def __init__(self, *kinds: TaskKind, fps: float = 30.0, view: BodyView = BodyView.BACK, **plan: object) -> None:
        settings = {"read_s": 2.0, "start_s": 6.0, "rating_s": 5.0, "confirm_s": 2.0} | plan
        self.fps, self.now_s, self.index = fps, 100.0, 0
        self.place = Place(view, SETUP, SIZE_PX, fps)
        self.course = TaskCourse(TaskPlan(kinds=kinds, **settings), self.place, self.now_s, self.now_s + 300.0)
        self.steps: list[TaskStep] = []

    @property
    def step(self) -> TaskStep | None:
        return None if self.course.run is None else self.course.run.step

    def frame(self, stage: Stage) -> None:
        seen = []
        if stage.trouble is None:
            person = stage.person
            if person is not None:
                person = replace(person, time_s=self.now_s)
            people = stage.people if person is not None else 0
            seen = [Observation(self.index, self.now_s, self.now_s + 0.02, person, people, stage.outline)]
        self.course.update(self.now_s + 0.03, seen, stage.trouble)
        if self.step is not None and (not self.steps or self.steps[-1] is not self.step):
            self.steps.append(self.step)
        self.now_s += 1 / self.fps
        self.index += 1

    def see(self, stages: Iterable[Stage]) -> Play:
        for stage in stages:
            self.frame(stage)
        return self

    def for_(self, seconds: float, stage: Stage | None = None) -> Play:
        return self.see([stage or Stage(standing())] * round(seconds * self.fps))

    def until(self, step: TaskStep | None, stage: Stage | None = None, at_most_s: float = 80.0) -> Play:
        for _ in range(round(at_most_s * self.fps)):
            if self.step is step:
                return self
            self.frame(stage or Stage(standing()))
        raise AssertionError(f"{step} not reached, went through {self.steps}")

    def move(self, mover: Mover, at_most_s: float = 70.0, every: int = 1) -> Play:
        """Stand until the movement may begin, then move until it is over; with `every` n the nth frame is lost."""
        self.until(TaskStep.MOVING)
        start_s = self.now_s
        for number in range(round(at_most_s * self.fps)):
            if self.step is not TaskStep.MOVING:
                return self
            if every > 1 and number % every == 0:
                self.now_s += 1 / self.fps
                continue
            self.frame(Stage(mover(self.now_s - start_s)))
        raise AssertionError("the movement did not end")

    @property
    def task(self):
        return self.course.tasks[-1]

    def measure(self, row: str):
        return next(measure for measure in self.task.measures if measure.id == row)
