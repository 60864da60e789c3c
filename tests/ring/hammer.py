"""Run as a process: overwrite a ring as fast as the machine can, until the pipe's reader has gone."""

import sys
import time

from edge.ring.writer import RingWriter
from tests.ring.parts import frame, observation


def main(memory: int, wake: int, seconds: float) -> None:
    ring = RingWriter(memory, wake)
    frames = [frame(index, size=(640, 480)) for index in range(251)]
    index, end_s = 0, time.monotonic() + seconds
    while time.monotonic() < end_s:
        picture = frames[index % 251]
        ring.publish_frame(type(picture)(picture.image, index / 30, index))
        ring.publish_observation(observation(index))
        ring.change_status(frames_captured=index, frames_posed=index, reason=f"number {index}")
        index += 1


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
