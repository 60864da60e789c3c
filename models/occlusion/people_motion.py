"""Tasks of the synthetic people as landmarks in space; nothing is rendered."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from edge.pose.landmarks import COUNT, Joint
from models.occlusion.clips import Clips, Floats, of_space
from models.people.asset import load_bodies
from models.people.exercises import EXERCISES
from models.people.limbs import moved
from models.people.motion import TASKS, task
from models.people.person import Person
from models.people.posed import BONE_JOINTS, SKIN_JOINTS
from models.people.posture import Curve, Posture
from models.people.skeleton import ROWS

FPS, SECONDS = 30.0, 5.0
_SKIN_BONES = {"heel": "foot", "foot_index": "toes"}


def people_clips(count: int, seed: int) -> Iterator[Clips]:
    """Yield `count` clips one by one: a random body with a random habit doing a random task."""
    rng = np.random.default_rng(seed)
    bodies = load_bodies()
    people = [Person(bodies, index) for index in range(len(bodies.rest_m))]
    for _ in range(count):
        person = people[rng.integers(len(people))]
        name = str(rng.choice(list(TASKS)))
        yield of_space("people", _film(person, name, rng), [round(FPS * SECONDS)], FPS, [name])


def _film(person: Person, name: str, rng: np.random.Generator) -> Floats:
    how: dict[str, object] = {}
    if name in EXERCISES:
        how = {"right": bool(rng.random() < 0.5), "side": int(rng.choice([-1, 1]))}
    elif name != "stand" and rng.random() < 0.5:
        how = {} if name == "stand" else {"asymmetry": float(rng.uniform(-1.0, 1.0))}
    base = Posture(
        curves=(Curve(),) if rng.random() < 0.3 else (),
        trunk_lean_deg=float(rng.normal(0.0, 2.0)),
        shoulder_tilt_deg=float(rng.normal(0.0, 2.0)),
        arms_abduction_deg=(float(rng.uniform(4.0, 25.0)),) * 2,
        elbows_deg=(float(rng.uniform(5.0, 40.0)),) * 2,
    )
    at = task(name, base=base, **how)
    names = _spots(person)
    frames = [_joints(person, at(number / FPS), names) for number in range(round(FPS * SECONDS))]
    # Their world: x the person's right, y ahead, z up. Ours: x its left, y up, z ahead.
    xyz = np.array(frames)[..., [0, 2, 1]] * np.array([-1.0, 1.0, 1.0])
    film: Floats = xyz.astype(np.float32)
    return film


def _spots(person: Person) -> list[tuple[int, NDArray[np.float64]]]:
    """Row of the bone and place in the rest body, of every landmark."""
    return [_spot(person, joint.name.lower()) for joint in Joint]


def _spot(person: Person, name: str) -> tuple[int, NDArray[np.float64]]:
    if name == "nose":
        return ROWS["head"], person.spots["nose"].on(person.rest_m)
    first, _, rest = name.partition("_")
    side, part = (first, rest) if first in ("left", "right") else (rest, first)
    if part == "eye":
        return ROWS["head"], person.joint_rest(f"{side}_eye")
    if part in SKIN_JOINTS:
        bone = f"{side}_{_SKIN_BONES[part]}" if part in _SKIN_BONES else "head"
        return ROWS[bone], person.spots[f"{part}_{side}"].on(person.rest_m)
    bone, head = BONE_JOINTS[part]
    return ROWS[f"{side}_{bone}"], person.joint_rest(f"{side}_{head}")


def _joints(person: Person, posture: Posture, spots: list[tuple[int, NDArray[np.float64]]]) -> NDArray[np.float64]:
    transforms = person.skeleton.pose(posture).transforms
    places = np.empty((COUNT, 3))
    for number, (row, rest) in enumerate(spots):
        places[number] = moved(transforms[row], rest)
    return places
