"""A folder of pictures played as if it were a camera."""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.camera.ended import CameraEndedError
from edge.camera.frame import Frame
from edge.camera.pacing import Pacing
from edge.camera.rotation import Rotation, stand_upright
from edge.camera.setup import CameraSetupError
from edge.clock import Clock
from edge.errors import DeviceError, PictureError

SUFFIXES = frozenset({".bmp", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"})
MAX_BYTES = 64 * 1024 * 1024
MAX_SIDE_PX = 4096


class FolderCamera:
    """
    Shows the pictures of a folder in the order of their names, one each 1/fps seconds.

        camera = FolderCamera(Path("pictures"), SystemClock(), fps=2.0)
    """

    def __init__(
        self, folder: Path, clock: Clock, *, fps: float = 30.0, rotation_deg: Rotation = 0, loop: bool = False
    ) -> None:
        if not folder.is_dir():
            raise CameraSetupError(f"{folder}: no such folder, name a folder of pictures with camera.path")
        self._folder, self._rotation_deg, self._loop = folder, rotation_deg, loop
        self._paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
        if not self._paths:
            raise CameraSetupError(f"{folder}: holds no pictures, put {', '.join(sorted(SUFFIXES))} files there")
        self._fps = fps
        self._pacing = Pacing(clock, fps)
        self._index = 0

    @property
    def rate_hz(self) -> float:
        """Pictures a second, as asked for."""
        return self._fps

    def read(self) -> Frame:
        """
        Return the newest due picture, waiting for it if need be.

        Raises:
            CameraEndedError: every picture was shown.
            DeviceError: the folder has gone.
            PictureError: the picture is broken; the next call goes on with the next one.
        """
        if not self._folder.is_dir():
            raise DeviceError(f"{self._folder}: the folder has gone, put it back")
        index = self._pacing.newest(self._index)
        if index >= len(self._paths) and not self._loop:
            raise CameraEndedError(f"{self._folder}: every picture was shown")
        self._index = index + 1
        image = stand_upright(read_picture(self._paths[index % len(self._paths)]), self._rotation_deg)
        self._pacing.wait(index)
        return Frame(image, self._pacing.due_s(index), index)

    def close(self) -> None:
        """Nothing is held open."""


def read_picture(path: Path) -> NDArray[np.uint8]:
    """
    Read one picture, upright as its camera noted it.

    Returns:
        (H, W, 3) uint8, BGR.

    Raises:
        PictureError: missing, empty, too large or not a picture.
    """
    try:
        size = path.stat().st_size
        encoded = np.fromfile(path, np.uint8) if 0 < size <= MAX_BYTES else None
    except OSError as error:
        raise PictureError(f"{path}: cannot be read ({error.strerror}), check the name and the rights") from None
    if encoded is None:
        raise PictureError(f"{path}: {size} bytes, expected a picture of 1 to {MAX_BYTES} bytes")
    try:
        image = cv2.imdecode(encoded, cv2.IMREAD_COLOR)
    except cv2.error:
        image = None
    if image is None or image.size == 0:
        raise PictureError(f"{path}: cannot be read as a picture, the file is damaged or something else")
    if max(image.shape[:2]) > MAX_SIDE_PX:
        raise PictureError(f"{path}: {image.shape[1]}x{image.shape[0]} is too large, at most {MAX_SIDE_PX} px a side")
    return np.asarray(image, np.uint8)
