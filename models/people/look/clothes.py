"""Where clothes end on a rest body: signed distances at its vertices, metres, positive under the cloth."""

import numpy as np

from models.people.look.anatomy import Anatomy, Field, near
from models.people.look.wardrobe import Wardrobe

TOP, STRAPS, BOTTOM, SOCK, HAIR, BROW, LIPS, MANE = range(8)
"""The channels of `Look.fields`; the first positive one of a skin vertex covers it."""
CHANNELS = 8
_FAR = np.float32(-1.0)


def clothes(anatomy: Anatomy, wardrobe: Wardrobe, rng: np.random.Generator) -> dict[int, Field]:
    """The edges of everything worn, by channel."""
    waist = anatomy.joint("thigh")[2] + float(rng.uniform(0.05, 0.1)) * anatomy.size
    fields = {BOTTOM: bottom(anatomy, wardrobe, waist, rng)}
    if wardrobe.top == "sports bra":
        fields[TOP], fields[STRAPS] = sports_bra(anatomy, rng)
    elif wardrobe.top != "none":
        fields[TOP] = shirt(anatomy, wardrobe, waist, rng)
        if anatomy.female:
            # Wide openings show what is worn below, as they do in life.
            fields[STRAPS] = np.maximum(*sports_bra(anatomy, rng))
    if wardrobe.feet != "bare":
        fields[SOCK] = sock(anatomy, 0.045 if wardrobe.feet == "shoes" else float(rng.uniform(0.03, 0.13)))
    return fields


def _both(*fields: Field) -> Field:
    """Inside all of several edges."""
    return np.asarray(np.minimum.reduce([np.asarray(field, np.float32) for field in fields]), np.float32)


def _no_arm(anatomy: Anatomy, reach: float = 0.3) -> Field:
    """The trunk without its arms."""
    return np.asarray((reach - anatomy.arm) * 0.2, np.float32)


def _neck(anatomy: Anatomy, width_m: float, scoop: float) -> Field:
    """Outside a neck opening that is lower in front."""
    base = anatomy.joint("t1_c7")
    steep = 1.7 + (scoop - 1.7) * anatomy.front
    below = np.maximum(base[2] + 0.012 * anatomy.size - anatomy.z, 0) * steep
    around = np.hypot(anatomy.x, (anatomy.y - base[1] - 0.012 * anatomy.size) * 0.9)
    return np.asarray(np.hypot(around, below) - width_m * anatomy.size, np.float32)


def shirt(anatomy: Anatomy, wardrobe: Wardrobe, waist_m: float, rng: np.random.Generator) -> Field:
    """A tank top, a t-shirt or one with long sleeves."""
    hem = waist_m - float(rng.uniform(-0.01, 0.11)) * anatomy.size
    width = 0.088 if wardrobe.top == "tank top" else float(rng.uniform(0.066, 0.082))
    trunk = _both(
        anatomy.z - np.float32(hem),
        _neck(anatomy, width, float(rng.uniform(0.55, 0.9))),
        (np.float32(0.05) - anatomy.head),
    )
    if wardrobe.top == "tank top":
        return _both(trunk, _armhole(anatomy), _no_arm(anatomy, 0.45))
    if wardrobe.top == "long sleeve":
        return _both(trunk, (np.float32(0.4) - anatomy.share("hand")) * np.float32(0.1))
    length = np.linalg.norm(anatomy.joint("forearm") - anatomy.joint("upper_arm"))
    left = (np.float32(rng.uniform(0.45, 0.85)) - anatomy.along("upper_arm", "forearm")) * np.float32(length)
    return np.where(anatomy.arm > 0.2, _both(trunk, left), trunk)


def _armhole(anatomy: Anatomy) -> Field:
    """Outside the opening a sleeveless shirt has around each shoulder."""
    shoulder, size = anatomy.joint("upper_arm"), anatomy.size
    across, up = anatomy.aside - shoulder[0] - 0.012 * size, anatomy.z - shoulder[2] + 0.026 * size
    return np.asarray(np.hypot(across, up * 0.62) - 0.066 * size, np.float32)


def sports_bra(anatomy: Anatomy, rng: np.random.Generator) -> tuple[Field, Field]:
    """A band with a scooped front, and straps that meet between the shoulder blades."""
    size, low = anatomy.size, anatomy.level(float(rng.uniform(0.44, 0.5)))
    behind = anatomy.level(float(rng.uniform(0.6, 0.68)))
    scoop = np.maximum(0.1 * size - anatomy.aside, 0) * 0.45
    before = anatomy.level(0.93) - scoop
    top = behind + (before - behind) * anatomy.front
    band = _both(anatomy.z - np.float32(low), top - anatomy.z, _no_arm(anatomy), _armhole(anatomy) + np.float32(0.015))
    rise = np.clip((anatomy.z - behind) / (anatomy.level(1.0) - behind), 0, 1)
    narrow = 0.02 * size + 0.055 * size * rise**1.4
    middle = narrow + (0.078 * size - narrow) * anatomy.front
    wide = (0.017 + 0.03 * np.maximum(1 - 5 * rise, 0) * (1 - anatomy.front)) * size
    strap = _both(
        wide - np.abs(anatomy.aside - middle),
        anatomy.z - np.float32(low),
        _no_arm(anatomy, 0.4),
        (np.float32(0.04) - anatomy.head),
    )
    return band, strap


def bottom(anatomy: Anatomy, wardrobe: Wardrobe, waist_m: float, rng: np.random.Generator) -> Field:
    """Briefs, shorts, leggings or trousers."""
    hip, knee, ankle = (anatomy.joint(name)[2] for name in ("thigh", "shin", "foot"))
    below = np.asarray(waist_m - anatomy.z, np.float32)
    inside = _both(below, _no_arm(anatomy))
    if wardrobe.bottom == "briefs":
        leg = anatomy.z - (anatomy.crotch - 0.012 + 0.5 * np.maximum(anatomy.aside - 0.035, 0))
        return _both(inside, leg)
    if wardrobe.bottom == "short shorts":
        return _both(inside, anatomy.z - np.float32(anatomy.crotch - 0.035 * anatomy.size))
    if wardrobe.bottom == "shorts":
        end = hip + (knee - hip) * float(rng.uniform(0.45, 0.95))
        return _both(inside, anatomy.z - np.float32(end))
    return _both(inside, anatomy.z - np.float32(ankle + float(rng.uniform(0.0, 0.06)) * anatomy.size))


def sock(anatomy: Anatomy, above_ankle_m: float) -> Field:
    """Everything below a height on the shin."""
    top = np.asarray(anatomy.joint("foot")[2] + above_ankle_m * anatomy.size - anatomy.z, np.float32)
    return _both(top, (anatomy.share("shin", "foot", "toes") - np.float32(0.5)) * np.float32(0.2))


def hanging(anatomy: Anatomy) -> Field:
    """How freely cloth hangs, 0 to 1: most below the shoulder blades and at the flanks."""
    fall = np.clip((anatomy.level(0.85) - anatomy.z) / (anatomy.level(0.85) - anatomy.level(0.0)), 0, 1)
    flank = np.clip(anatomy.aside / (0.14 * anatomy.size), 0, 1)
    return np.asarray(np.clip(0.25 + 0.65 * fall + 0.2 * flank, 0, 1), np.float32)


def bunching(anatomy: Anatomy) -> Field:
    """How far cloth is pushed together, 0 to 1: at knees, ankles, elbows, groin and waist."""
    total = np.zeros_like(anatomy.z)
    for name, reach in (("shin", 0.09), ("foot", 0.1), ("thigh", 0.07)):
        total += np.exp(-(((anatomy.z - anatomy.joint(name)[2]) / (reach * anatomy.size)) ** 2)) * (anatomy.arm < 0.3)
    total += near(anatomy, anatomy.joint("forearm"), 0.09 * anatomy.size)
    total += 0.7 * np.exp(-(((anatomy.z - anatomy.level(0.02)) / (0.05 * anatomy.size)) ** 2)) * (anatomy.arm < 0.3)
    return np.asarray(np.clip(total, 0, 1), np.float32)


def nothing(anatomy: Anatomy) -> Field:
    """A field that covers nothing."""
    return np.full(len(anatomy.rest), _FAR, np.float32)
