"""
Where a puppet's body stands, lies, hangs, hops and goes, and which feet and hands stay where they are meanwhile.

Key poses give a body about its pelvis. Here it is put onto the floor, and what carries it is held still: the bones of a
limb are turned so that its end stays where it is (two bones, law of cosines) while the rest of the body moves.
"""

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from edge.pose.landmarks import Joint
from models.occlusion.clips import Floats

FPS = 30.0
OFF_FLOOR = ("hang", "pull")
SUPINE = ("lie", "lie_knees", "sit_up", "bench_low", "bench_high")
PRONE = ("plank", "push_up")
HOPPING = ("jump", "jack", "rope")
GOING = ("walk", "run", "kick", "kick_back", *HOPPING, *OFF_FLOOR)
STEPPING = ("wind_up", "cocked", "released", "bowl_back", "bowled", "toss", "served", "forehand_back", "batted")
"""Poses one steps into: the body moves over one foot, the other goes elsewhere."""
_FEET, _HANDS = ("ANKLE", "HEEL", "FOOT_INDEX"), ("WRIST", "PINKY", "INDEX", "THUMB")
Places = NDArray[np.float64]


def stand(bodies: Floats, names: tuple[str, ...], rng: Generator) -> Floats:
    """
    Put bodies where they belong.

    Args:
        bodies: (frames, 33, 3) metres, pelvis at the origin.
        names: of the key poses.
        rng: the dice.
    """
    out = _carried(bodies, names, rng)
    stepping = bool(set(names) & set(STEPPING))
    if rng.random() < _planted(names):
        for side in (str(rng.choice(["LEFT", "RIGHT"])),) if stepping else ("LEFT", "RIGHT"):
            _hold(out, (f"{side}_HIP", f"{side}_KNEE"), [f"{side}_{part}" for part in _FEET])
        if names[0] in PRONE:
            for side in ("LEFT", "RIGHT"):
                _hold(out, (f"{side}_SHOULDER", f"{side}_ELBOW"), [f"{side}_{part}" for part in _HANDS])
    elif stepping:
        _step(out, rng)
    _hop(out, names, rng)
    _go(out, names, rng)
    return out


def _planted(names: tuple[str, ...]) -> float:
    """How often what carries the body stays exactly where it is."""
    if names[0] in SUPINE + PRONE:
        return 0.95
    if set(names) & set(GOING) or names[-1].endswith("!"):
        return 0.0
    return 0.4 if set(names) & set(STEPPING) else 0.8


def _carried(bodies: Floats, names: tuple[str, ...], rng: Generator) -> Floats:
    """Onto the floor, or hanging; horizontally what carries stays more or less where it is, not the pelvis."""
    out = bodies.copy()
    if names[0] in OFF_FLOOR:
        out -= bodies[:, [Joint.LEFT_WRIST, Joint.RIGHT_WRIST]].mean(axis=1, keepdims=True)
        return out
    if names[0] in SUPINE:
        out[..., 1] -= np.median(bodies[..., 1].min(axis=1))
        return out
    if names[0] in PRONE:  # turning about the feet
        out -= bodies[:, [Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE]].mean(axis=1, keepdims=True)
        return out
    lowest = bodies[..., 1].min(axis=1)
    out[..., 1] -= np.convolve(np.pad(lowest, 1, mode="edge"), np.ones(3) / 3, mode="valid")[:, None]
    left = float(rng.choice([0.0, 1.0])) if set(names) & set(STEPPING) and rng.random() < 0.6 else 0.5
    feet = left * bodies[:, Joint.LEFT_ANKLE] + (1.0 - left) * bodies[:, Joint.RIGHT_ANKLE]
    out[..., [0, 2]] -= ((1.0 if rng.random() < 0.8 else rng.uniform(0.3, 1.0)) * feet[:, [0, 2]])[:, None]
    return out


def _hold(out: Floats, limb: tuple[str, str], ends: list[str]) -> None:
    """Keep a limb's end where it is when its root is highest; the middle joint gives way, bones keep their length."""
    root, middle = out[:, Joint[limb[0]]].astype(np.float64), out[:, Joint[limb[1]]].astype(np.float64)
    end = out[:, Joint[ends[0]]].astype(np.float64)
    ahead = (out[:, Joint[ends[-1]]] - out[:, Joint[ends[1]]]).astype(np.float64)
    found = bent(root, middle, end, np.broadcast_to(end[root[:, 1].argmax()], end.shape), 0.1 * ahead)
    out[:, Joint[limb[1]]] = found[0]
    out[:, [Joint[name] for name in ends]] += (found[1] - end)[:, None].astype(np.float32)


def bent(root: Places, middle: Places, end: Places, target: Places, ahead: Places) -> tuple[Places, Places]:
    """
    Turn two bones so that they end at a target, or as near to it as they reach.

    Args:
        root: (frames, 3) where the upper bone begins.
        middle: (frames, 3) where it ends.
        end: (frames, 3) of the lower bone.
        target: (frames, 3) where the end is wanted.
        ahead: (frames, 3) which way a stretched limb bends.

    Returns:
        (frames, 3) the middle joint and (frames, 3) the end.
    """
    upper, lower = (np.linalg.norm(bone, axis=-1, keepdims=True) for bone in (middle - root, end - middle))
    way = target - root
    distance = np.maximum(np.linalg.norm(way, axis=-1, keepdims=True), 1e-6)
    along = way / distance
    reach = np.clip(distance, np.abs(upper - lower) + 1e-3, 0.999 * (upper + lower))
    share = (upper**2 - lower**2 + reach**2) / (2.0 * reach)
    aside = middle - root + ahead
    aside = aside - (aside * along).sum(axis=-1, keepdims=True) * along
    aside /= np.maximum(np.linalg.norm(aside, axis=-1, keepdims=True), 1e-6)
    joint = root + share * along + np.sqrt(np.maximum(upper**2 - share**2, 0.0)) * aside
    return joint, root + reach * along


def _hop(out: Floats, names: tuple[str, ...], rng: Generator) -> None:
    if rng.random() < (0.8 if set(names) & set(HOPPING) else 0.0 if names[0] in OFF_FLOOR + SUPINE + PRONE else 0.03):
        moments = np.arange(len(out)) / FPS
        period, height = rng.uniform(0.35, 1.2), rng.uniform(0.03, 0.35)
        phase = (moments / period + rng.random()) % 1.0
        out[..., 1] += (height * np.clip(4 * phase * (1 - phase) - rng.uniform(0.0, 0.6), 0.0, 1.0))[:, None]


def _step(out: Floats, rng: Generator) -> None:
    """Throwing and hitting takes people a step or two along, mostly the way they look."""
    start, lasting = rng.uniform(0.0, 3.0), rng.uniform(0.4, 1.2)
    share = np.clip((np.arange(len(out)) / FPS - start) / lasting, 0.0, 1.0)
    way, far = np.radians(rng.normal(0.0, 50.0)), rng.uniform(0.1, 1.2)
    along = far * (0.5 - 0.5 * np.cos(np.pi * share))
    out[..., 0] += (along * np.sin(way))[:, None]
    out[..., 2] += (along * np.cos(way))[:, None]


def _go(out: Floats, names: tuple[str, ...], rng: Generator) -> None:
    moments = np.arange(len(out)) / FPS
    speed = rng.uniform(0.6, 1.6) if names[0] == "walk" else rng.uniform(1.5, 5.0) if names[0] == "run" else 0.0
    if speed == 0.0 and rng.random() < 0.1 and names[0] not in SUPINE + PRONE + OFF_FLOOR:
        speed = rng.normal(0.0, 0.5)
    way = speed * moments
    if rng.random() < 0.3:  # starts or stops on the way
        way = speed * np.clip(moments - rng.uniform(-1.0, 3.0), 0.0, rng.uniform(0.5, 4.0))
    drift = np.radians(rng.normal(0.0, 10.0) if names[0] in ("walk", "run") else rng.uniform(-180, 180))
    out[..., 0] += (way * np.sin(drift))[:, None]
    out[..., 2] += (way * np.cos(drift))[:, None]
