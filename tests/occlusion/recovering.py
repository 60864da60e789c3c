"""An occlusion network whose answer is known, and people who move before it."""

from collections.abc import Iterable, Iterator

import numpy as np

from edge.engine.simulated import SimulatedEngine
from edge.occlusion.recoverer import Recoverer
from edge.occlusion.window import FEATURES
from edge.pose.landmarks import COUNT, Joint, Landmarks
from tests.people import Person

ARM = (Joint.LEFT_ELBOW, Joint.LEFT_WRIST)
FPS = 30.0


class HoldingEngine(SimulatedEngine):
    """Says of every joint, seen ones too, that it is a little beside where it was last; how uncertain is told."""

    def __init__(self, aside: float = 0.1, sd: float = 0.05) -> None:
        self.aside, self.sd = aside, sd
        super().__init__(self._hold)

    def _hold(self, inputs):
        return {
            "position": inputs["tokens"][:, -1, :, :2] + np.float32(self.aside),
            "log_sd": np.full((1, COUNT), np.log(self.sd), np.float32),
            "features": np.zeros((1, FEATURES), np.float32),
        }


def frames(count: int, *, fps: float = FPS, start_s: float = 10.0, **posture: object) -> Iterator[Landmarks]:
    """A person who stands still before a camera."""
    for k in range(count):
        yield Person(jitter_px=1.0, seed=k, time_s=start_s + k / fps, **posture).landmarks()  # type: ignore[arg-type]


def fed(recoverer: Recoverer, landmarks: Iterable[Landmarks]) -> Landmarks:
    """What comes back for the last of the frames."""
    for one in landmarks:
        recovered = recoverer.recover(one)
    return recovered


def untouched(before: Landmarks, after: Landmarks) -> bool:
    """Whether every joint that was seen kept its every bit, and still counts as seen."""
    seen = before.seen
    same = all(
        getattr(before, name)[seen].tobytes() == getattr(after, name)[seen].tobytes()
        for name in ("xyz_px", "world_m", "score", "recovered")
    )
    return same and bool(after.seen[seen].all())
