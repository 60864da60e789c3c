"""Movements of known kind as vision would hand them over, and a network that says what it is told."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from edge.engine.artefact import Artefact
from edge.engine.simulated import SimulatedEngine
from edge.pose.body_view import BodyView
from edge.pose.landmarks import COUNT, Joint
from edge.pose.observation import Observation
from edge.risk.layout import FEATURES
from edge.risk.network import Constants, MovementNetwork
from edge.risk.scaling import Scaling
from edge.risk.window import CHAINS
from tests.people import Person

HIDDEN = 3
ARMS = [Joint[f"{side}_{part}"] for side in ("LEFT", "RIGHT") for part in ("ELBOW", "WRIST", "INDEX", "PINKY", "THUMB")]


def artefact() -> Artefact:
    state = (CHAINS, HIDDEN)
    return Artefact(
        "movement.float", Path("movement.float.onnx"), b"", "", "float",
        {"features": (1, FEATURES), "hidden": state, "cell": state},
        {"indices": (CHAINS, 4), "next_hidden": state, "next_cell": state}, 0.0, 1.0, {},
    )  # fmt: skip


def constants(**changes: object) -> Constants:
    ones = np.ones(FEATURES)
    straight = np.array([0.0, 0.5, 1.0])
    known = Constants(Scaling(-180 * ones, 180 * ones, 0.5 * ones), straight, straight, np.array([0.1, 0.2]))
    return replace(known, **changes)


def counting_network(say: Callable[[np.ndarray], np.ndarray] | None = None) -> MovementNetwork:
    """
    Counts in its state how many samples each window has read, and says a hundredth of half of it as the index.

    `say` turns the counts (5,) into indices (5,).
    """

    def answer(inputs):
        counts = inputs["hidden"][:, 0] + 1.0
        said = (say or (lambda n: n / 300.0))(counts)
        indices = np.stack([said, said, 0 * said, 0 * said], axis=1).astype(np.float32)
        state = np.tile(counts[:, None], (1, HIDDEN)).astype(np.float32)
        return {"indices": indices, "next_hidden": state, "next_cell": state.copy()}

    return MovementNetwork(SimulatedEngine(answer), constants(), artefact())


def waving(
    seconds: float = 6.0,
    fps: float = 30.0,
    *,
    hidden=(),
    people: int | None = 1,
    view=BodyView.FRONT,
    amount=1.0,
    **how,
) -> Iterator[Observation]:
    """A person who faces the camera and swings both arms, once in two seconds."""
    still = Person(view=view, hidden=hidden, **how).landmarks()
    for number in range(round(seconds * fps) + 1):
        time_s = 10.0 + number / fps
        swing = amount * 0.3 * np.sin(np.pi * (time_s - 10.0))
        world, xyz = still.world_m.copy(), still.xyz_px.copy()
        world[ARMS, 1] += np.float32(swing)
        xyz[ARMS, 1] += np.float32(600.0 * swing)
        moved = replace(still, world_m=world, xyz_px=xyz, time_s=time_s, recovered=np.zeros(COUNT, np.bool_))
        yield Observation(number, time_s, time_s, moved, people)
