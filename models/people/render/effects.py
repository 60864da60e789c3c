"""What lens, sensor and compression do to a picture."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
"""(H, W, 3) uint8, blue, green, red."""


@dataclass(frozen=True, slots=True)
class Effects:
    """
    One camera's faults; the defaults leave a picture as it is.

    Attributes:
        blur_px: standard deviation of the lens's blur.
        motion_px: how far the camera or the person moved while the shutter was open; right and down.
        gain: of exposure, 1 as metered.
        white: gains of blue and red against green.
        rolling: depth of the bands a rolling shutter takes from flickering lamps, 0 none.
        rolling_rows: height of one band.
        vignette: loss of light in the corners, 0 none to 1.
        noise: standard deviation of the sensor's noise at middle grey, of 255.
        jpeg_quality: 1 to 100; 0 leaves the picture uncompressed.
    """

    blur_px: float = 0.0
    motion_px: tuple[float, float] = (0.0, 0.0)
    gain: float = 1.0
    white: tuple[float, float] = (1.0, 1.0)
    rolling: float = 0.0
    rolling_rows: float = 160.0
    vignette: float = 0.0
    noise: float = 0.0
    jpeg_quality: int = 0


def random_effects(rng: np.random.Generator) -> Effects:
    """An ordinary camera on an ordinary day."""
    shaken = rng.random() < 0.2
    angle, reach = float(rng.uniform(0, np.pi)), float(rng.gamma(2, 1.0))
    return Effects(
        blur_px=float(rng.uniform(0.25, 1.1)) if rng.random() < 0.7 else 0.0,
        motion_px=(reach * float(np.cos(angle)), reach * float(np.sin(angle))) if shaken else (0.0, 0.0),
        gain=float(np.exp(rng.normal(0, 0.2))),
        white=(float(np.exp(rng.normal(0, 0.07))), float(np.exp(rng.normal(0, 0.07)))),
        rolling=float(rng.uniform(0.02, 0.1)) if rng.random() < 0.15 else 0.0,
        rolling_rows=float(rng.uniform(60, 400)),
        vignette=float(rng.uniform(0, 0.3)),
        noise=float(rng.gamma(2.0, 1.6)),
        jpeg_quality=int(rng.integers(45, 96)) if rng.random() < 0.75 else 0,
    )


def taken(image: Image, effects: Effects, rng: np.random.Generator) -> Image:
    """The picture as this camera would have taken it; the given one stays as it is."""
    picture = image
    if effects.blur_px > 0:
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), effects.blur_px), np.uint8)
    if np.hypot(*effects.motion_px) >= 0.5:
        picture = np.asarray(cv2.filter2D(picture, -1, _streak(*effects.motion_px)), np.uint8)
    light = _exposed(picture, effects, rng)
    if effects.noise > 0:
        light = light + _noise(light, effects.noise, rng)
    shown = np.clip(np.rint(light), 0, 255).astype(np.uint8)
    return _compressed(shown, effects.jpeg_quality) if effects.jpeg_quality else shown


def _streak(x: float, y: float) -> NDArray[np.float32]:
    """The path of a point while the shutter was open, as a kernel that sums to one."""
    reach = int(np.ceil(max(abs(x), abs(y)) / 2)) + 1
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
    for place in np.linspace(-0.5, 0.5, 8 * reach + 1):
        column, row = reach + place * x, reach + place * y
        i, j = int(row), int(column)
        u, v = column - j, row - i
        kernel[i : i + 2, j : j + 2] += np.outer([1 - v, v], [1 - u, u]).astype(np.float32)
    return np.asarray(kernel / kernel.sum(), np.float32)


def _exposed(picture: Image, effects: Effects, rng: np.random.Generator) -> NDArray[np.float32]:
    """Gain, white balance, flicker and vignette, applied to what the screen shows (close to a power of 2.2)."""
    height, width = picture.shape[:2]
    power = np.float32(1 / 2.2)
    channels = (np.array([effects.white[0], 1.0, effects.white[1]]) * effects.gain).astype(np.float32) ** power
    rows = np.ones(height, np.float32)
    if effects.rolling > 0:
        phase = float(rng.uniform(0, 2 * np.pi))
        rows += effects.rolling * np.sin(2 * np.pi * np.arange(height) / effects.rolling_rows + phase).astype(
            np.float32
        )
    y, x = np.linspace(-1, 1, height, dtype=np.float32) ** 2, np.linspace(-1, 1, width, dtype=np.float32) ** 2
    fall = (1 - effects.vignette * 0.5 * (y[:, None] + x[None])) * rows[:, None]
    return np.asarray(picture * (fall**power)[..., None] * channels, np.float32)


def _noise(light: NDArray[np.float32], strength: float, rng: np.random.Generator) -> NDArray[np.float32]:
    """Grain as a phone shows it: coarser in colour than in brightness, stronger in the shadows."""
    height, width = light.shape[:2]
    fine = rng.standard_normal((height, width, 1), np.float32)
    coarse = rng.standard_normal(((height + 1) // 2, (width + 1) // 2, 3), np.float32)
    colour = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
    by_light = 1.25 - light.mean(2, keepdims=True) * np.float32(0.5 / 255)
    return np.asarray(
        (np.float32(0.85) * fine + np.float32(0.6) * colour) * np.float32(strength) * by_light, np.float32
    )


def _compressed(picture: Image, quality: int) -> Image:
    """Through JPEG and back."""
    _, packed = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)
