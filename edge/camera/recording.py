"""A video file played as if it were a camera."""

from pathlib import Path
from typing import Any

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

MAX_SIDE_PX = 4096
DEFAULT_FPS = 30.0
TRUNCATED_SHARE = 0.98


class RecordingCamera:
    """
    Plays a video file at its own pace: a frame that is not fetched in time is lost, as with a real camera.

        camera = RecordingCamera(Path("person.mp4"), SystemClock(), loop=True)

    The next frame is decoded before the wait for its due time, so it is handed over when it is due and not a
    decoding later. A decoder that hangs is the supervisor's business: it kills the process this runs in.
    """

    def __init__(
        self,
        path: Path,
        clock: Clock,
        *,
        fps: float | None = None,
        rotation_deg: Rotation = 0,
        loop: bool = False,
        start_s: float = 0.0,
    ) -> None:
        """
        Args:
            path: the video file.
            fps: play at this rate; None for the file's own.
            rotation_deg: clockwise, to stand the picture upright.
            loop: start again at the end.
            start_s: skip so much of the file; a loop comes back to this place.

        Raises:
            CameraSetupError: there is no such file.
            PictureError: the file is not a video.
        """
        self._path, self._rotation_deg, self._loop = path, rotation_deg, loop
        if not path.is_file():
            raise CameraSetupError(f"{path}: no such recording, name a video file with camera.path")
        self._video = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG, [cv2.CAP_PROP_N_THREADS, 1])
        self._declared = self._read_header()
        rate = fps if fps is not None else self._video.get(cv2.CAP_PROP_FPS)
        self._fps = rate if 1.0 <= rate <= 240.0 else DEFAULT_FPS
        self._pacing = Pacing(clock, self._fps)
        self._start = round(start_s * self._fps)
        self._position = 0  # in the file
        self._index = 0  # since the camera was opened
        self._rewind()

    @property
    def rate_hz(self) -> float:
        """Frames a second of the file."""
        return self._fps

    def read(self) -> Frame:
        """
        Return the newest due frame, waiting for it if need be.

        Raises:
            CameraEndedError: the file is played.
            DeviceError: the file has gone.
            PictureError: the frame cannot be used; the next call goes on with the next one.
        """
        if not self._path.exists():
            raise DeviceError(f"{self._path}: the recording has gone, put it back")
        newest = self._pacing.newest(self._index)
        while self._index < newest:
            self._advance()
        image = self._decode()
        index = self._index - 1
        self._pacing.wait(index)
        return Frame(image, self._pacing.due_s(index), index)

    def close(self) -> None:
        """Release the file; closing twice is fine."""
        self._video.release()

    def _read_header(self) -> tuple[int, int]:
        width, height = (round(self._video.get(key)) for key in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT))
        if not self._video.isOpened() or width <= 0 or height <= 0:
            raise PictureError(f"{self._path}: cannot be read as a video, the file is damaged or something else")
        if max(width, height) > MAX_SIDE_PX:
            raise PictureError(f"{self._path}: {width}x{height} is too large, at most {MAX_SIDE_PX} px a side")
        return width, height

    def _rewind(self) -> None:
        self._video.set(cv2.CAP_PROP_POS_FRAMES, self._start)
        self._position = self._start

    def _advance(self) -> None:
        """Step to the next frame of the file; at its end, begin again or say so."""
        if not self._video.grab():
            if not self._loop or self._position == self._start:
                raise CameraEndedError(self._last_words())
            self._rewind()
            if not self._video.grab():
                raise CameraEndedError(self._last_words())
        self._position += 1
        self._index += 1

    def _decode(self) -> NDArray[np.uint8]:
        self._advance()
        try:
            decoded, image = self._video.retrieve()
        except cv2.error:
            decoded, image = False, None
        if not decoded or image is None or image.size == 0:
            raise PictureError(f"{self._path}: frame {self._position} cannot be decoded")
        self._check(image)
        return stand_upright(np.asarray(image, np.uint8), self._rotation_deg)

    def _check(self, image: NDArray[Any]) -> None:
        height, width = image.shape[:2]
        if (width, height) != self._declared or image.ndim != 3 or image.dtype != np.uint8:
            declared = f"{self._declared[0]}x{self._declared[1]}"
            raise PictureError(f"{self._path}: frame {self._position} is {width}x{height}, the file says {declared}")

    def _last_words(self) -> str:
        promised = round(self._video.get(cv2.CAP_PROP_FRAME_COUNT))
        if self._position < TRUNCATED_SHARE * promised:
            return (
                f"{self._path}: the recording has ended after {self._position} of {promised} frames, the file is "
                "truncated: copy or record it again"
            )
        return f"{self._path}: the recording has ended"
