"""The overlay video: the recording with what the station saw drawn on each frame it saw it in."""

from collections.abc import Callable, Mapping
from pathlib import Path

import cv2
import numpy as np

from edge.display.overlay import draw_overlay
from edge.errors import PictureError
from edge.pose.observation import Observation

CODEC = "mp4v"
ANNOUNCED_AT = (24, 48)


def write_film(
    recording: Path, observations: Mapping[int, Observation], out: Path, announcement: str, progress: Callable[[], None]
) -> int:
    """
    Draw each observation onto the recording's frame it belongs to, one loop of the recording; return the frame count.

    Args:
        recording: the video that was played, perhaps several times over.
        observations: frame number since the camera was opened -> what was seen in it.
        out: the MP4 to write.
        announcement: stands in every frame, so that nobody takes the film for a live person.
        progress: called after each frame.

    Raises:
        PictureError: the recording cannot be read again, or the film cannot be written.
    """
    source = cv2.VideoCapture(str(recording))
    length = int(source.get(cv2.CAP_PROP_FRAME_COUNT))
    size_px = int(source.get(cv2.CAP_PROP_FRAME_WIDTH)), int(source.get(cv2.CAP_PROP_FRAME_HEIGHT))
    film = cv2.VideoWriter(str(out), cv2.VideoWriter.fourcc(*CODEC), source.get(cv2.CAP_PROP_FPS), size_px)
    if length <= 0 or not film.isOpened():
        raise PictureError(f"{out}: the film cannot be made from {recording.name}, check the disk and the recording")
    by_place = {index % length: observation for index, observation in sorted(observations.items())}
    try:
        for place in range(length):
            good, image = source.read()
            if not good:
                break
            picture = np.asarray(image, np.uint8)
            if place in by_place:
                draw_overlay(picture, by_place[place])
            cv2.putText(
                picture, announcement, ANNOUNCED_AT, cv2.FONT_HERSHEY_SIMPLEX, 0.9, (90, 200, 255), 2, cv2.LINE_AA
            )
            film.write(picture)
            progress()
    finally:
        film.release()
        source.release()
    return length
