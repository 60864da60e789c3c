"""Rotations about the world's axes, of one angle or many at once."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Matrix = NDArray[np.float64]


def about(axis: int, angle_deg: ArrayLike) -> Matrix:
    """
    Right-handed rotations about x (0), y (1) or z (2): (..., 3, 3) for angles of any shape.

    About y, positive leans to the right; about x, positive tips backwards; about z, positive turns to the left.
    """
    angle = np.radians(np.asarray(angle_deg, np.float64))
    cosine, sine = np.cos(angle), np.sin(angle)
    first, second = (axis + 1) % 3, (axis + 2) % 3
    matrix = np.zeros((*angle.shape, 3, 3))
    matrix[..., axis, axis] = 1.0
    matrix[..., first, first] = matrix[..., second, second] = cosine
    matrix[..., first, second], matrix[..., second, first] = -sine, sine
    return matrix


def about_axis(axis: NDArray[np.float64], angle_deg: float) -> Matrix:
    """The (3, 3) rotation about a unit vector (3,)."""
    angle = np.radians(angle_deg)
    x, y, z = axis
    cross = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    matrix: Matrix = np.eye(3) + np.sin(angle) * cross + (1.0 - np.cos(angle)) * cross @ cross
    return matrix


def unit(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    """A vector (3,) of the same direction and length one."""
    scaled: NDArray[np.float64] = vector / max(float(np.linalg.norm(vector)), 1e-12)
    return scaled


def crossed(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """The vector product of two vectors (3,), to the last bit as numpy's, which spends its time on other shapes."""
    (a, b, c), (d, e, f) = one.tolist(), other.tolist()
    product: NDArray[np.float64] = np.array([b * f - c * e, c * d - a * f, a * e - b * d])
    return product


def basis(along: NDArray[np.float64], towards: NDArray[np.float64]) -> Matrix:
    """Orthonormal columns (3, 3): along, the part of `towards` across it, and their cross product."""
    first = unit(along)
    second = unit(towards - first * float(first @ towards))
    return np.stack([first, second, crossed(first, second)], axis=1)
