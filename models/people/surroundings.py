"""
What people wear and how they are lit, as distributions: part of V1, so nothing here may change (see `standing.py`).

Half of the people show their back as the station asks them to, as far as dignity allows: male bodies bare, female ones
in a sports bra; the rest come in what they have on.
"""

import math
from collections.abc import Mapping

from models.people.dice import Dice

TOPS = {"m": ("none", "tank top", "t-shirt", "long sleeve"), "f": ("sports bra", "tank top", "t-shirt", "long sleeve")}
TOP_SHARES = (0.5, 0.15, 0.25, 0.10)
BOTTOMS = {"briefs": 0.12, "short shorts": 0.22, "shorts": 0.28, "leggings": 0.2, "trousers": 0.18}
FEET = {"bare": 0.65, "socks": 0.2, "shoes": 0.15}
HAIRS = {
    "m": {"bald": 0.05, "cropped": 0.22, "short": 0.62, "bob": 0.05, "ponytail": 0.06},
    "f": {"short": 0.12, "bob": 0.16, "long": 0.14, "ponytail": 0.34, "bun": 0.24},
}
SKIN_TONES = 10
HAIR_COLOURS = (0.26, 0.26, 0.2, 0.13, 0.06, 0.09)
DARK_HAIR_COLOURS = (0.6, 0.3, 0.0, 0.0, 0.0, 0.1)
ROOMS = ("gymnasium", "practice", "classroom", "corridor", "living room")
OCCLUDERS = ("bar", "door frame", "nurse", "second person", "own arm")
LAMPS = ((1, 0.45), (2, 0.40), (3, 0.15))


def wardrobe(dice: Dice, sex: str) -> dict[str, float | str]:
    """What somebody wears; the fields of `Wardrobe`."""
    tone = dice.choice(range(SKIN_TONES))
    return {
        "sex": sex,
        "top": dice.choice(TOPS[sex], TOP_SHARES),
        "bottom": dice.choice(tuple(BOTTOMS), tuple(BOTTOMS.values())),
        "feet": dice.choice(tuple(FEET), tuple(FEET.values())),
        "hair": dice.choice(tuple(HAIRS[sex]), tuple(HAIRS[sex].values())),
        "skin_tone": tone,
        "hair_colour": dice.choice(range(6), DARK_HAIR_COLOURS if tone >= 6 else HAIR_COLOURS),
        "loose": dice.uniform(0.05, 0.95),
        "seed": dice.seed() % 2**31,
    }


def light(dice: Dice, camera_deg: float) -> dict[str, object]:
    """
    The light of an ordinary room: one to three lamps or windows beside the camera, and more or less from everywhere.

    Args:
        camera_deg: azimuth of the camera seen from the person; 0 = to the right of somebody whose heading is 0.

    Returns:
        keys: azimuth_deg, elevation_deg, power, tint and spread of each; above, floor, side_gain: of the rest.
    """
    count = dice.choice([number for number, _ in LAMPS], [share for _, share in LAMPS])
    keys = [
        {
            "azimuth_deg": camera_deg + dice.choice((-1, 1)) * dice.uniform(20.0, 105.0),
            "elevation_deg": dice.uniform(22.0, 72.0),
            "power": dice.uniform(0.35, 1.0) / (1 + number),
            "tint": dice.normal(0.0, 0.06, 0.15),
            "spread": dice.uniform(0.15, 0.9),
        }
        for number in range(count)
    ]
    return {
        "keys": keys,
        "above": dice.uniform(0.16, 0.40),
        "floor": dice.uniform(0.05, 0.14),
        "side_gain": dice.number(),
    }


def light_name(lit: Mapping[str, object]) -> str:
    """How hard a light is, in words: the first lamp against what comes from everywhere."""
    keys, above = lit["keys"], lit["above"]
    assert isinstance(keys, list)
    assert isinstance(above, float)
    ratio = float(keys[0]["power"]) / above
    return "even" if ratio < 1.8 else "from one side" if ratio < 3.2 else "hard"


def camera_faults(dice: Dice) -> dict[str, object]:
    """What one camera does to every picture: the fields of `Effects`. Its noise differs from frame to frame."""
    blurred, shaken, flickers, packed = (dice.chance(share) for share in (0.7, 0.15, 0.10, 0.5))
    angle, reach = dice.uniform(0.0, math.pi), min(4.0, dice.exponential(1.2))
    blur, gain, grain = dice.uniform(0.25, 1.0), math.exp(dice.normal(0.0, 0.18, 0.5)), min(6.0, dice.exponential(1.8))
    return {
        "blur_px": blur if blurred else 0.0,
        "motion_px": (reach * math.cos(angle), reach * math.sin(angle)) if shaken else (0.0, 0.0),
        "gain": gain,
        "white": (math.exp(dice.normal(0.0, 0.06, 0.2)), math.exp(dice.normal(0.0, 0.06, 0.2))),
        "rolling": dice.uniform(0.02, 0.08) if flickers else 0.0,
        "rolling_rows": dice.uniform(60.0, 400.0),
        "vignette": dice.uniform(0.0, 0.3),
        "noise": 0.5 + grain,
        "jpeg_quality": int(dice.uniform(50.0, 96.0)) if packed else 0,
    }
