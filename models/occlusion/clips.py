"""Motion of people as landmarks, from whatever set of recordings."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.occlusion.window import BODY
from edge.pose.landmarks import COUNT

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Clips:
    """
    Clips of one source, all frames one after another.

    Attributes:
        name: of the source.
        xyz: (frames, 33, 3) float32; in space: metres, x the person's left, y up, z ahead. Flat ones: pixels, x right,
            y down, z zero.
        seen: (frames, 33) bool, what the camera saw; joints the set does not have are never seen.
        lengths: (clips,) frames of each.
        fps: of the recording.
        flat: whether it was filmed, not measured in space.
        labels: (clips,) what is done in each, "" where nobody says.
        usable: (frames, 33) bool, a position is written down, be it a person's guess.
    """

    name: str
    xyz: Floats
    seen: Flags
    lengths: NDArray[np.int64]
    fps: float
    flat: bool
    labels: NDArray[np.str_]
    usable: Flags

    @property
    def starts(self) -> NDArray[np.int64]:
        """(clips,) first frame of each."""
        return np.concatenate([[0], np.cumsum(self.lengths)[:-1]]).astype(np.int64)

    def part(self, chosen: NDArray[np.int64]) -> "Clips":
        """Only some of the clips."""
        spans = zip(self.starts[chosen], self.lengths[chosen], strict=True)
        frames = np.concatenate([np.arange(start, start + length) for start, length in spans])
        return Clips(
            self.name,
            self.xyz[frames],
            self.seen[frames],
            self.lengths[chosen],
            self.fps,
            self.flat,
            self.labels[chosen],
            self.usable[frames],
        )


def body_only(places: NDArray[np.float32]) -> Floats:
    """Thirteen common joints (frames, 13, 2 or 3) as 33 landmarks; the others are zero and were never seen."""
    out = np.zeros((len(places), COUNT, 3), np.float32)
    out[:, BODY, : places.shape[-1]] = places
    return out


def body_flags(flags: Flags) -> Flags:
    """(frames, 13) as (frames, 33)."""
    out = np.zeros((len(flags), COUNT), bool)
    out[:, BODY] = flags
    return out


def of_space(name: str, xyz: Floats, lengths: list[int], fps: float, labels: list[str]) -> Clips:
    """Clips in space with all 33 landmarks known throughout."""
    known = np.ones(xyz.shape[:2], bool)
    return Clips(name, xyz.astype(np.float32), known, np.array(lengths), fps, False, np.array(labels), known)
