"""Hair: its edge on the scalp, the way strands run, and what stands off the head."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from models.people.look.anatomy import Anatomy, Field, any_corner
from models.people.look.parts import Part, Points, Rigid, Shell, Tail, tube_faces
from models.people.look.wardrobe import LONG_HAIR, Wardrobe

_LAYERS = {"cropped": 2, "short": 4}
_LENGTH_M = {"cropped": 0.0045, "short": 0.021, "bob": 0.02, "long": 0.016, "ponytail": 0.01, "bun": 0.01}
_AROUND = 14


def crown(anatomy: Anatomy) -> NDArray[np.float64]:
    """(3,): the middle of the skull, metres."""
    eye = anatomy.joint("eye")
    return np.array([0.0, eye[1] - 0.088 * anatomy.size, eye[2] + 0.022 * anatomy.size])


def strands(anatomy: Anatomy, points: Points) -> Points:
    """Which strand each point lies on (two numbers on a circle around the crown) and how far along, in decimetres."""
    middle, size = crown(anatomy), anatomy.size
    axis = np.array([0.0, -0.34, 0.94])
    away = points - middle
    up = away @ axis
    flat = away - up[:, None] * axis
    angle = np.arctan2(flat[:, 0], flat[:, 1])
    length = np.linalg.norm(away, axis=1) + 1e-6
    run = np.arccos(np.clip(up / length, -1, 1)) * 0.1 * size + np.maximum(middle[2] - 0.09 * size - points[:, 2], 0)
    return np.stack([np.cos(angle), np.sin(angle), run * 10], -1).astype(np.float32)


def on_body(anatomy: Anatomy) -> Points:
    """(19158, 3) float32: the strands of the head and of the hair's own mesh; zero elsewhere."""
    strand = np.zeros(anatomy.rest.shape, np.float32)
    near = np.union1d(np.flatnonzero(anatomy.head > 0.3), anatomy.bodies.faces["hair"])
    strand[near] = strands(anatomy, anatomy.rest[near])
    return strand


def scalp(anatomy: Anatomy, wardrobe: Wardrobe) -> Field:
    """The hairline: high over the forehead, free of the ears, low at the nape."""
    eye, size = anatomy.joint("eye"), anatomy.size
    behind = eye[1] - anatomy.y
    nape = eye[2] - (0.078 if wardrobe.hair in LONG_HAIR else 0.058) * size
    temple = np.clip((anatomy.aside - 0.035 * size) / (0.03 * size), 0, 1)
    line = eye[2] + 0.064 * size - np.clip(behind - (0.02 + 0.012 * temple) * size, 0, 0.2) * 1.1
    field = anatomy.z - np.maximum(line, nape)
    ear = np.hypot(anatomy.y - (eye[1] - 0.098 * size), (anatomy.z - eye[2] + 0.012 * size) * 0.8) - 0.03 * size
    field = np.where(anatomy.aside > 0.05 * size, np.minimum(field, ear), field)
    return np.asarray(np.minimum(field, (anatomy.head - 0.4) * 0.1), np.float32)


def mane(anatomy: Anatomy, wardrobe: Wardrobe, rng: np.random.Generator) -> Field:
    """How far the hair that hangs down reaches: free of the face, cut at a length."""
    eye, size = anatomy.joint("eye"), anatomy.size
    end = eye[2] - 0.1 * size if wardrobe.hair == "bob" else anatomy.level(float(rng.uniform(0.72, 1.0)))
    return np.asarray(np.minimum(eye[1] - 0.055 * size - anatomy.y, anatomy.z - end), np.float32)


def pieces(anatomy: Anatomy, wardrobe: Wardrobe, field: Field, rng: np.random.Generator) -> list[tuple[Part, float]]:
    """What stands off the head, each with the share of strands that are missing in it."""
    if wardrobe.hair == "bald":
        return []
    length = _LENGTH_M[wardrobe.hair] * anatomy.size * float(rng.uniform(0.75, 1.3))
    layers = _LAYERS.get(wardrobe.hair, 3)
    lowest = _shell(anatomy, field, length / layers, rng)
    parts: list[tuple[Part, float]] = [
        (replace(lowest, lift_m=lowest.lift_m * (n + 1)), 0.1 + 0.42 * (n + 1) / layers) for n in range(layers)
    ]
    if wardrobe.hair == "bun":
        parts.append((_bun(anatomy, rng), 0.0))
    if wardrobe.hair == "ponytail":
        parts.append((_tail(anatomy, rng), 0.0))
    return parts


def _shell(anatomy: Anatomy, field: Field, lift_m: float, rng: np.random.Generator) -> Shell:
    """One layer of the scalp; it lies flat at the hairline and uneven further up."""
    faces = anatomy.bodies.faces["body"]
    faces = faces[any_corner(field > -0.004, faces)]
    index, local = np.unique(faces, return_inverse=True)
    strand = strands(anatomy, anatomy.rest[index])
    phase = rng.uniform(0, 6.28, 3)
    wave = 0.22 * np.sin(7 * strand[:, 0] + phase[0]) * np.sin(6 * strand[:, 1] + phase[1])
    lift = lift_m * np.clip(field[index] / 0.022 + 0.12, 0, 1) * (1 + wave + 0.12 * np.sin(5 * strand[:, 2] + phase[2]))
    return Shell(
        index.astype(np.int32),
        lift.astype(np.float32),
        anatomy.rest[index],
        strand,
        local.reshape(faces.shape).astype(np.int32),
    )


def head_anchors(anatomy: Anatomy) -> NDArray[np.int32]:
    """(m,) int32: some vertices that move with the skull alone."""
    return np.flatnonzero(anatomy.head[:13380] > 0.98)[::60].astype(np.int32)


def _bun(anatomy: Anatomy, rng: np.random.Generator) -> Rigid:
    """A wound knot at the back of the head."""
    size, middle = anatomy.size, crown(anatomy)
    tilt = float(rng.uniform(-0.35, 0.75))
    out = np.array([0.0, -np.cos(tilt), np.sin(tilt)])
    up = np.array([0.0, np.sin(tilt), np.cos(tilt)])
    radius = float(rng.uniform(0.03, 0.042)) * size
    centre = middle + out * (0.098 * size + 0.55 * radius)
    rings, angle = np.linspace(0.05, np.pi - 0.05, 10), np.arange(_AROUND) * 2 * np.pi / _AROUND
    polar, round_it = np.meshgrid(rings, angle, indexing="ij")
    wound = radius * (1 + 0.09 * np.sin(3 * round_it + 5 * polar + float(rng.uniform(0, 6))))
    across = (wound * np.sin(polar) * np.cos(round_it)).ravel()[:, None] * np.array([1.0, 0, 0])
    upward = (wound * np.sin(polar) * np.sin(round_it)).ravel()[:, None] * up
    points = (centre + across + upward + (0.8 * wound * np.cos(polar)).ravel()[:, None] * out).astype(np.float32)
    spiral = (round_it + 2.2 * polar).ravel()
    strand = np.stack([np.cos(2 * polar).ravel(), np.sin(2 * polar).ravel(), spiral], -1).astype(np.float32)
    # The seam of the spiral would show as one broken ring: wind it without a jump instead.
    strand[:, 2] = (3 * np.sin(round_it) + 2.2 * polar).ravel()
    anchors = head_anchors(anatomy)
    return Rigid(anchors, anatomy.rest[anchors], points, strand, tube_faces(len(rings), _AROUND)[:, ::-1].copy())


def _tail(anatomy: Anatomy, rng: np.random.Generator) -> Tail:
    """A ponytail, thicker in its upper third."""
    size, middle = anatomy.size, crown(anatomy)
    high = float(rng.uniform(-0.15, 0.55))
    root = middle + np.array([0.0, -np.cos(high), np.sin(high)]) * 0.094 * size
    rings, length = 12, float(rng.uniform(0.2, 0.36)) * size
    place = np.linspace(0, 1, rings)
    radii = (0.011 + 0.03 * np.sin(np.pi * np.clip(place, 0, 1) ** 0.55) ** 1.2) * size * (1 - 0.25 * place)
    angle = np.arange(_AROUND) * 2 * np.pi / _AROUND
    far, round_it = np.meshgrid(place, angle, indexing="ij")
    strand = np.stack([0.4 * np.cos(round_it).ravel(), 0.4 * np.sin(round_it).ravel(), (far * length * 10).ravel()], -1)
    anchors, points = head_anchors(anatomy), rings * _AROUND
    rest = np.repeat(root[None], points, 0) - far.reshape(-1, 1) * length * np.array([[0, 0, 1.0]])
    return Tail(
        anchors,
        anatomy.rest[anchors],
        root.astype(np.float32),
        radii.astype(np.float32),
        length / rings,
        rest.astype(np.float32),
        strand.astype(np.float32),
        tube_faces(rings, _AROUND),
    )
