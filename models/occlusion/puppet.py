"""
Our own synthetic motion: a jointed puppet that goes from key pose to key pose, thousands of ways.

Angles run smoothly between key poses with durations of 0.1 to 1.2 s, once, to and fro, or with left and right taking
turns; limbs lead and lag, or rest while others work; sizes differ. `stance` puts the bodies onto the floor. How often
what is done, how fast, and how much rests follows the statistics of films.
"""

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from edge.pose.landmarks import COUNT, Joint
from models.occlusion.clips import Clips, Floats, of_space
from models.occlusion.key_poses import ANGLES, ARM, LEG, LYING, PAIRS, PLACE, POSES, ROOT, SPORTS, TRUNK, Pose, mirrored
from models.occlusion.stance import FPS, stand

FRAMES = 120
SIZES_M = {
    "pelvis": 0.10, "spine": 0.24, "chest": 0.25, "neck": 0.10, "head": 0.11, "shoulder": 0.185, "upper_arm": 0.285,
    "forearm": 0.25, "hand": 0.085, "thigh": 0.43, "shin": 0.42, "foot": 0.19, "heel": 0.05,
}  # fmt: skip
_FACE_M = {"NOSE": (0, 0, 0.105), "EYE_INNER": (0.016, 0.035, 0.085), "EYE": (0.032, 0.036, 0.08),
           "EYE_OUTER": (0.046, 0.035, 0.068), "EAR": (0.075, 0.01, 0.0), "MOUTH": (0.024, -0.038, 0.085)}  # fmt: skip
_SPREAD = np.array([8.0 if n in ROOT else 9.0 if n in TRUNK else 16.0 for n in ANGLES])
"""How much one person's way of taking a key pose differs from another's, degrees, standard deviation."""
STORIES = {"lying": 0.22, "sports": 0.46, "everyday": 0.15, "ways": 0.09, "any": 0.08}
"""How often a clip tells what."""
SUDDEN = ("released", "batted", "swung_through", "served", "forehand_through", "bowled", "kick", "jump")
"""Poses one gets into several times as fast as into others."""
QUICK = ("rope", "jack", "wave", "clap", "strum")
_LIMBS = tuple(tuple(f"{side}_{name}" for name in limb) for side in ("left", "right") for limb in (ARM, LEG))
_NAMES = tuple(POSES)
Angles = NDArray[np.float64]


def puppet_clips(count: int, seed: int) -> Iterator[Clips]:
    """Yield `count` clips of 4 s at 30 frames a second."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        names, angles = _angles(rng)
        yield of_space("puppet", stand(_bodies(angles, _sizes(rng)), names, rng), [FRAMES], FPS, ["-".join(names)])


def _sizes(rng: Generator) -> dict[str, float]:
    """A child's head is large for its body: one number draws everybody from 6 years to grown up."""
    young = rng.uniform(0.0, 1.0) ** 2
    sizes = {name: size * float(np.exp(rng.normal(0.0, 0.06))) for name, size in SIZES_M.items()}
    for name in ("thigh", "shin", "upper_arm", "forearm"):
        sizes[name] *= 1.0 - 0.3 * young
    for name in ("spine", "chest", "shoulder", "pelvis"):
        sizes[name] *= 1.0 - 0.25 * young
    return sizes


def _story(rng: Generator) -> tuple[str, ...]:
    match str(rng.choice(list(STORIES), p=list(STORIES.values()))):
        case "lying":
            return LYING[rng.integers(len(LYING))]
        case "sports":
            return SPORTS[rng.integers(len(SPORTS))]
        case "everyday":
            return PAIRS[rng.integers(len(PAIRS))]
        case "ways":
            return ("walk", "walk!") if rng.random() < 0.6 else ("run", "run!")
    return tuple(str(one) for one in rng.choice(_NAMES, rng.integers(1, 4)))


def _looseness(rng: Generator) -> Pose:
    """(angles,) how much a person strays from the key poses; about half of the body keeps still where they do."""
    loose = np.full(len(ANGLES), rng.uniform(0.1, 0.8))
    for group in (ROOT, TRUNK, *_LIMBS):
        if rng.random() < 0.5:
            loose[[PLACE[name] for name in group]] *= rng.uniform(0.0, 0.3)
    return loose


def _keys(names: tuple[str, ...], rng: Generator) -> list[Pose]:
    """The poses themselves, in one person's manner; a ! says the mirror image of the one before."""
    manner, flip, loose = rng.normal(0.0, 1.0, len(ANGLES)) * _SPREAD, rng.random() < 0.5, _looseness(rng)
    keys: list[Pose] = []
    for name in names:
        if name.endswith("!"):
            keys.append(mirrored(keys[-1]))
            continue
        own = POSES[name] + manner + loose * rng.normal(0.0, 1.0, len(ANGLES)) * _SPREAD
        for bent in ("left_elbow", "right_elbow", "left_knee", "right_knee"):
            own[PLACE[bent]] = np.clip(own[PLACE[bent]], 0.0, 150.0)
        keys.append(mirrored(own) if flip else own)
    if rng.random() < 0.15:  # an arm that does something else altogether
        side, other = str(rng.choice(["left", "right"])), POSES[str(rng.choice(_NAMES))]
        for name in ARM:
            for key in keys:
                key[PLACE[f"{side}_{name}"]] = other[PLACE[f"{side}_{name}"]] + rng.normal(0.0, 10.0)
    return keys


def _angles(rng: Generator) -> tuple[tuple[str, ...], Angles]:
    """Names of the poses and (frames, angles) degrees."""
    names = _story(rng)
    keys = _keys(names, rng)
    pace = _pace(names, rng)
    rest = rng.random() < 0.4 and not names[-1].endswith("!")
    times, order = [-rng.uniform(0.0, 2.0)], [0]
    while times[-1] < FRAMES / FPS + 1.0:
        following = (order[-1] + 1) % len(keys)
        step = pace * float(np.exp(rng.normal(0.0, 0.05 if names[-1].endswith("!") else 0.3)))
        times.append(times[-1] + step * (rng.uniform(0.2, 0.6) if names[following] in SUDDEN else 1.0))
        order.append(following)
        if rest and rng.random() < 0.5:
            times.append(times[-1] + float(rng.exponential(0.6)))
            order.append(order[-1])
    return names, _between(np.array(times), np.array(keys)[order], rng)


def _pace(names: tuple[str, ...], rng: Generator) -> float:
    """Seconds from one key pose to the next."""
    if names[0] == "run":
        return float(rng.uniform(0.22, 0.42))
    quick = names[0] in QUICK or names[-1] in QUICK
    return float(np.exp(rng.uniform(*np.log((0.18, 0.6) if quick else (0.28, 1.2)))))


def _between(times: NDArray[np.float64], keys: Angles, rng: Generator) -> Angles:
    out = np.empty((FRAMES, len(ANGLES)))
    moments = np.arange(FRAMES) / FPS
    sharp = rng.random() < 0.4
    for group in (ROOT + TRUNK, *_LIMBS):
        late = moments - np.clip(rng.normal(0.0, 0.04), -0.1, 0.1)
        place = np.clip(np.searchsorted(times, late, side="right") - 1, 0, len(times) - 2)
        share = np.clip((late - times[place]) / (times[place + 1] - times[place]), 0.0, 1.0)
        share = share**3 * (10 - 15 * share + 6 * share**2) if sharp else 0.5 - 0.5 * np.cos(np.pi * share)
        columns = [PLACE[name] for name in group]
        out[:, columns] = keys[place][:, columns] + share[:, None] * (keys[place + 1] - keys[place])[:, columns]
    wobble = rng.normal(0.0, rng.uniform(0.1, 1.0), (3, len(ANGLES)))
    for number, hertz in enumerate((0.3, 0.9, 2.0)):
        out += 1.2 / (1 + number) * wobble[number] * np.sin(2 * np.pi * (hertz * moments[:, None] + wobble[number]))
    return out


def _about(axis: int, degrees: Angles) -> Angles:
    """(frames, 3, 3) rotation about x, y or z."""
    angle = np.radians(degrees)
    turn = np.zeros((len(angle), 3, 3))
    a, b = (axis + 1) % 3, (axis + 2) % 3
    turn[:, axis, axis] = 1.0
    turn[:, a, a] = turn[:, b, b] = np.cos(angle)
    turn[:, b, a], turn[:, a, b] = np.sin(angle), -np.sin(angle)
    return turn


def _bodies(angles: Angles, size: dict[str, float]) -> Floats:
    """(frames, 33, 3) metres, pelvis at the origin: x the person's left, y up, z ahead."""
    value = {name: angles[:, number] for name, number in PLACE.items()}
    out = np.zeros((len(angles), COUNT, 3))
    root = _about(1, value["yaw"]) @ _about(0, value["pitch"]) @ _about(2, value["roll"])
    half = (
        _about(1, 0.5 * value["spine_twist"]) @ _about(0, 0.5 * value["spine"]) @ _about(2, -0.5 * value["spine_side"])
    )
    waist = root @ half
    chest = waist @ half
    top = waist @ np.array([0, size["spine"], 0]) + chest @ np.array([0, size["chest"], 0])
    face = chest @ _about(1, value["head_turn"]) @ _about(0, value["nod"]) @ _about(2, -value["head_side"])
    head = top + 0.5 * (chest + face) @ np.array([0, size["neck"], 0.01])
    ears = head + face @ np.array([0, 0.6 * size["head"], 0.01])
    for part, place in _FACE_M.items():
        for side, sign in (("LEFT", 1.0), ("RIGHT", -1.0)):
            name = "NOSE" if part == "NOSE" else f"MOUTH_{side}" if part == "MOUTH" else f"{side}_{part}"
            out[:, Joint[name]] = ears + face @ (np.array([sign * place[0], place[1], place[2]]) * size["head"] / 0.11)
    for side, sign in (("left", 1.0), ("right", -1.0)):
        arm = {name: value[f"{side}_{name}"] for name in ARM}
        leg = {name: value[f"{side}_{name}"] for name in LEG}
        _arm(out, (chest, top), arm, (side.upper(), sign), size)
        _leg(out, root, leg, (side.upper(), sign), size)
    return out.astype(np.float32)


def _arm(
    out: Angles, chest: tuple[Angles, Angles], arm: dict[str, Angles], side: tuple[str, float], size: dict[str, float]
) -> None:
    name, sign = side
    raised = np.clip(np.maximum(arm["flex"], arm["abduct"]) - 40.0, 0.0, 140.0) / 140.0
    lift = np.stack([np.zeros_like(raised), 0.06 * raised - 0.02, np.zeros_like(raised)], axis=-1)
    offset = np.array([sign * size["shoulder"], 0.0, 0.0]) + lift
    shoulder = chest[1] + np.einsum("fij,fj->fi", chest[0], offset)
    upper = chest[0] @ _about(2, sign * arm["abduct"]) @ _about(0, -arm["flex"]) @ _about(1, -sign * arm["twist"])
    lower = upper @ _about(0, -arm["elbow"])
    hand = lower @ _about(0, -arm["hand"]) @ _about(1, np.full(len(upper), -sign * 40.0))
    elbow = shoulder - size["upper_arm"] * upper[..., 1]
    wrist = elbow - size["forearm"] * lower[..., 1]
    out[:, Joint[f"{name}_SHOULDER"]], out[:, Joint[f"{name}_ELBOW"]], out[:, Joint[f"{name}_WRIST"]] = (
        shoulder,
        elbow,
        wrist,
    )
    for finger, across, along in (("INDEX", 0.3, 1.0), ("PINKY", -0.4, 0.9), ("THUMB", 0.5, 0.5)):
        out[:, Joint[f"{name}_{finger}"]] = wrist + size["hand"] * hand @ np.array([0.0, -along, across])


def _leg(out: Angles, root: Angles, leg: dict[str, Angles], side: tuple[str, float], size: dict[str, float]) -> None:
    name, sign = side
    hip = root @ np.array([sign * size["pelvis"], 0.0, 0.0])
    thigh = root @ _about(2, sign * leg["spread"]) @ _about(0, -leg["hip"]) @ _about(1, sign * leg["turn"])
    shin = thigh @ _about(0, leg["knee"])
    foot = shin @ _about(0, -leg["foot"]) @ _about(1, np.full(len(shin), sign * 8.0))
    knee = hip - size["thigh"] * thigh[..., 1]
    ankle = knee - size["shin"] * shin[..., 1]
    out[:, Joint[f"{name}_HIP"]], out[:, Joint[f"{name}_KNEE"]], out[:, Joint[f"{name}_ANKLE"]] = hip, knee, ankle
    out[:, Joint[f"{name}_HEEL"]] = ankle + foot @ np.array([0.0, -0.06, -size["heel"]])
    out[:, Joint[f"{name}_FOOT_INDEX"]] = ankle + foot @ np.array([0.0, -0.065, 0.75 * size["foot"]])
