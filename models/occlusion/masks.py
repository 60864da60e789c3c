"""What hides joints: single ones, an arm, a side, the legs, a bar, a person, whole frames, chance, and life."""

import json
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from edge.occlusion.window import BODY, SAMPLES
from edge.pose.landmarks import COUNT, Joint
from models.occlusion.clips import Clips

PATTERNS = Path(__file__).parent / "visibility.json"
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
HAND = ("WRIST", "PINKY", "INDEX", "THUMB")
FOOT = ("ANKLE", "HEEL", "FOOT_INDEX")


def _of(side: str, *parts: str) -> tuple[int, ...]:
    return tuple(int(Joint[f"{side}_{part}"]) for part in parts)


FACE = tuple(range(11))
ARMS = tuple(_of(side, "SHOULDER", "ELBOW", *HAND) for side in ("LEFT", "RIGHT"))
LEGS = tuple(_of(side, "HIP", "KNEE", *FOOT) for side in ("LEFT", "RIGHT"))
SIDES = tuple(arm + leg for arm, leg in zip(ARMS, LEGS, strict=True))
LOWER = LEGS[0] + LEGS[1]
SINGLES: tuple[tuple[int, ...], ...] = (
    FACE,
    *(_of(side, part) for side in ("LEFT", "RIGHT") for part in ("SHOULDER", "ELBOW", "HIP", "KNEE")),
    *(_of(side, *group) for side in ("LEFT", "RIGHT") for group in (HAND, FOOT)),
)
"""One body joint and what moves along with it: thirteen."""
EVERYTHING = tuple(range(COUNT))
KINDS = ("single", "arm", "side", "lower", "upper", "leg", "some", "frames", "tokens", "bar", "person", "life")
LIFE_TOO = 0.35
"""Share of the windows in which other joints are hidden as well, as in life: films rarely show everybody whole."""
SHARES = (0.12, 0.13, 0.11, 0.12, 0.03, 0.04, 0.08, 0.08, 0.06, 0.05, 0.05, 0.13)


def joints_of(kind: str, rng: Generator) -> tuple[int, ...]:
    """The landmarks a kind of mask hides, left or right by chance."""
    side = int(rng.integers(2))
    match kind:
        case "single":
            return SINGLES[rng.integers(len(SINGLES))]
        case "arm":
            return ARMS[side]
        case "side":
            return SIDES[side]
        case "lower":
            return LOWER
        case "leg":
            return LEGS[side]
        case "upper":
            return FACE + ARMS[0] + ARMS[1]
        case "some":
            chosen = rng.permutation(len(SINGLES))[: rng.integers(2, 9)]
            return tuple(joint for one in chosen for joint in SINGLES[one])
    return EVERYTHING


def block(kind: str, steps: int, count: int, rng: Generator) -> Flags:
    """(count, 16, 33) True where hidden: what `kind` hides, in the last `steps` samples."""
    hidden = np.zeros((count, SAMPLES, COUNT), bool)
    for one in hidden:
        one[SAMPLES - steps :, joints_of(kind, rng)] = True
    return hidden


def random_masks(xy_px: Floats, rng: Generator) -> Flags:
    """(n, 16, 33) True where hidden, for training: a kind by chance, sometimes two; most last until now."""
    hidden = np.zeros(xy_px.shape[:3], bool)
    for place, one in enumerate(hidden):
        for _ in range(1 + int(rng.random() < 0.25)):
            _hide(one, str(rng.choice(KINDS, p=SHARES)), xy_px[place], rng)
        if rng.random() < LIFE_TOO:
            _hide(one, "life", xy_px[place], rng)
    return hidden


def _hide(hidden: Flags, kind: str, xy_px: Floats, rng: Generator) -> None:
    if kind == "tokens":
        hidden |= rng.random(hidden.shape) < rng.uniform(0.1, 0.75)
    elif kind == "life":
        hidden[:, BODY] |= ~lifelike(rng)
        _along(hidden)
    elif kind in ("bar", "person"):
        hidden |= _covered(xy_px, kind, rng)
    else:
        longest = 8 if kind == "frames" else SAMPLES
        steps, chance = int(rng.integers(1, longest + 1)), rng.random()
        until = SAMPLES if chance < 0.75 else int(rng.integers(steps, SAMPLES + 1))
        start = 0 if kind != "frames" and chance > 0.88 else until - steps
        stop = SAMPLES if start == 0 else until
        hidden[start:stop, joints_of(kind, rng)] = True


def _covered(xy_px: Floats, kind: str, rng: Generator) -> Flags:
    """A bar stands before the person, or somebody walks past: whatever lies behind it is hidden."""
    low, high = xy_px.min(axis=(0, 1)), xy_px.max(axis=(0, 1))
    size = float((high - low).max())
    width = size * (rng.uniform(0.05, 0.25) if kind == "bar" else rng.uniform(0.2, 0.45))
    axis = int(rng.random() < 0.3) if kind == "bar" else 0
    middle = float(rng.uniform(low[axis], high[axis]))
    speed = 0.0 if kind == "bar" else float(rng.normal(0.0, 0.06)) * size
    places = middle + speed * (np.arange(SAMPLES) - SAMPLES + 1)
    covered: Flags = np.abs(xy_px[..., axis] - places[:, None]) < 0.5 * width
    return covered


def _along(hidden: Flags) -> None:
    """Face, hands and feet are hidden with the body joint they hang on."""
    for main, group in zip(
        (BODY[0], 15, 16, 27, 28), (FACE, *(_of(s, *g) for g in (HAND, FOOT) for s in ("LEFT", "RIGHT"))), strict=True
    ):
        hidden[:, group] |= hidden[:, [main]]


# ---- patterns of life


@cache
def _chain() -> tuple[Flags, Floats, Floats]:
    table = json.loads(PATTERNS.read_text(encoding="utf-8"))
    states = (np.array(table["states"])[:, None] >> np.arange(len(BODY))) & 1 == 1
    move = np.array(table["moves"], float)
    first = np.array(table["first"], float)
    return states, (move / move.sum(axis=1, keepdims=True)).cumsum(axis=1), (first / first.sum()).cumsum()


def lifelike(rng: Generator) -> Flags:
    """(16, 13) True where seen: a walk through the visibility patterns people really show, at 15 Hz."""
    states, moves, first = _chain()
    at = int(np.searchsorted(first, rng.random()))
    walk: Flags = np.empty((SAMPLES, len(BODY)), bool)
    for sample in range(SAMPLES):
        walk[sample] = states[min(at, len(states) - 1)]
        at = int(np.searchsorted(moves[min(at, len(states) - 1)], rng.random()))
    if rng.random() < 0.5:
        walk = walk[:, [0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11]]
    return walk


def lifelike_landmarks(count: int, rng: Generator) -> Flags:
    """(count, 33) True where hidden: single moments of it, face, hands and feet along with what they hang on."""
    hidden = np.zeros((count, SAMPLES, COUNT), bool)
    for one in hidden:
        one[:, BODY] = ~lifelike(rng)
        _along(one)
    return hidden[:, -1]


def statistics(clips: Clips, largest: int = 160) -> dict[str, list[int] | list[list[int]]]:
    """Which joints are seen together, and how that changes from one sample at 15 Hz to the next; numbers only."""
    codes = clips.seen[:, BODY] @ (1 << np.arange(len(BODY)))
    step = max(1, round(clips.fps / 15.0))
    films = [codes[start : start + length : step] for start, length in zip(clips.starts, clips.lengths, strict=True)]
    values, counts = np.unique(np.concatenate(films), return_counts=True)
    states = values[np.argsort(-counts)[:largest]]
    row = {int(state): number for number, state in enumerate(states)}
    moves, first = np.zeros((len(states), len(states)), int), np.zeros(len(states), int)
    for film in films:
        walk = [row[int(code)] for code in film if int(code) in row]
        for a, b in pairwise(walk):
            moves[a, b] += 1
        for one in walk:
            first[one] += 1
    moves += np.eye(len(states), dtype=int)
    # People of whom everything is seen teach nothing about hiding.
    first[row.get((1 << len(BODY)) - 1, 0)] //= 8
    return {"states": states.tolist(), "first": first.tolist(), "moves": moves.tolist()}
