"""People and their looks as the arrays the renderer draws."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from models.people.look.look import Look
from models.people.render.camera import Array
from models.people.render.mesh import Mesh
from models.people.render.raster import Cut


class Posed(Protocol):
    """What the renderer needs of a posed body: `PosedBody`, or anything with vertices."""

    @property
    def vertices_m(self) -> NDArray[np.float32]:
        """(19158, 3) float32, metres, world frame."""


@dataclass(frozen=True, eq=False)
class Figure:
    """
    One person in the picture.

    Attributes:
        body: how the person stands.
        look: skin, hair and clothes, made for the same rest body.
    """

    body: Posed
    look: Look


class Crowd(NamedTuple):
    """
    All figures of one picture.

    Attributes:
        mesh: their triangles; the soft light is still dark.
        ends: after which face each figure ends.
    """

    mesh: Mesh
    ends: tuple[int, ...]


def crowd(figures: Sequence[Figure]) -> Crowd:
    """All figures' arrays behind one another."""
    parts = [(figure.look, *figure.look.dressed(figure.body.vertices_m)) for figure in figures]
    corners = np.cumsum([0, *(len(position) for _, position, _ in parts)])
    materials = np.cumsum([0, *(len(look.colours) for look, _, _ in parts)])
    looks = [look for look, _, _ in parts]
    cut = Cut(
        _joined([look.fields for look in looks]),
        _joined([look.mask for look in looks]),
        _joined([look.ragged for look in looks]),
        _joined([look.sparse for look in looks]),
        _joined([look.strand for look in looks]),
    )
    positions = _joined([position for _, position, _ in parts])
    mesh = Mesh(
        positions,
        _joined([normal for _, _, normal in parts]),
        _joined([look.rest for look in looks]),
        _joined([look.tone for look in looks]),
        np.zeros((len(positions), 6), np.float32),
        _joined([look.faces + np.int32(start) for look, start in zip(looks, corners, strict=False)]),
        _joined([look.material + np.int32(start) for look, start in zip(looks, materials, strict=False)]),
        _joined([np.where(look.overlaid, np.int32(n), np.int32(-1)) for n, look in enumerate(looks)]),
        np.stack([_shifted(look.overlays, int(start)) for look, start in zip(looks, materials, strict=False)]),
        _joined([look.colours for look in looks]),
        _joined([look.finish for look in looks]),
        cut,
    )
    return Crowd(mesh, tuple(int(end) for end in np.cumsum([len(look.faces) for look in looks])))


def _joined(parts: Sequence[Array]) -> Array:
    """Arrays behind one another."""
    return np.ascontiguousarray(np.concatenate(parts) if len(parts) > 1 else parts[0])


def _shifted(overlays: Array, start: int) -> Array:
    """A figure's materials by their number among everybody's."""
    return np.where(overlays >= 0, overlays + start, -1).astype(np.int32)
