"""Procedural skin: where it is redder and darker, brows and lips."""

import numpy as np

from models.people.look.anatomy import Anatomy, Field, near


def redness(anatomy: Anatomy) -> Field:
    """0 to 1: elbows, knees, hands, feet, shoulders, ears, nose and cheeks have more blood."""
    size, eye = anatomy.size, anatomy.joint("eye")
    total = 0.5 * near(anatomy, anatomy.joint("forearm"), 0.055 * size)
    total += 0.45 * near(anatomy, anatomy.joint("shin") + np.array([0, 0.03 * size, 0]), 0.07 * size)
    total += 0.22 * near(anatomy, anatomy.joint("upper_arm") + np.array([0, 0, 0.03 * size]), 0.07 * size)
    total += 0.5 * near(anatomy, eye + np.array([0.012 * size, 0.02 * size, -0.045 * size]), 0.028 * size)
    total += 0.45 * near(anatomy, np.array([0, eye[1] + 0.035 * size, eye[2] - 0.04 * size]), 0.016 * size)
    total += 0.55 * near(anatomy, np.array([0.085 * size, eye[1] - 0.09 * size, eye[2] - 0.015 * size]), 0.03 * size)
    total += 0.25 * near(anatomy, anatomy.joint("t1_c7") + np.array([0, -0.06 * size, 0]), 0.06 * size)
    total += 0.3 * anatomy.share("hand") + 0.3 * anatomy.share("foot", "toes")
    return np.asarray(np.clip(0.16 + total, 0, 1), np.float32)


def darkness(anatomy: Anatomy) -> Field:
    """0 to 1: armpits, groin, the crease of the elbow, sockets of the eyes."""
    size, eye = anatomy.size, anatomy.joint("eye")
    armpit = anatomy.joint("upper_arm") + np.array([-0.02, 0, -0.07]) * size
    total = 0.55 * near(anatomy, armpit, 0.04 * size)
    total += 0.3 * near(anatomy, np.array([0, 0, anatomy.joint("thigh")[2] - 0.08 * size]), 0.09 * size)
    total += 0.35 * near(anatomy, eye + np.array([0, 0.01 * size, 0]), 0.022 * size)
    total += 0.2 * near(anatomy, anatomy.joint("forearm") + np.array([0, 0.03 * size, 0]), 0.03 * size)
    return np.asarray(np.clip(total, 0, 1), np.float32)


def brows(anatomy: Anatomy) -> Field:
    """Two bows above the eyes."""
    eye, size = anatomy.joint("eye"), anatomy.size
    bow = anatomy.z - (eye[2] + 0.019 * size) - 0.12 * np.maximum(0.02 * size - np.abs(anatomy.aside - 0.03 * size), 0)
    inside = np.minimum(0.0042 * size - np.abs(bow), 0.019 * size - np.abs(anatomy.aside - 0.031 * size))
    return np.asarray(np.minimum(inside, anatomy.y - (eye[1] - 0.03 * size)), np.float32)


def lips(anatomy: Anatomy) -> Field:
    """A flat ellipse where the mouth is."""
    eye, size = anatomy.joint("eye"), anatomy.size
    across, up = anatomy.aside / (0.024 * size), (anatomy.z - (eye[2] - 0.0765 * size)) / (0.0085 * size)
    inside = (1 - np.hypot(across, up)) * 0.008 * size
    return np.asarray(np.minimum(inside, anatomy.y - eye[1] - 0.005 * size), np.float32)
