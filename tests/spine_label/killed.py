"""
A labelling tool that somebody kills. Run by `test_label_kill.py` as a program:

    python -m tests.spine_label.killed FOLDER [DROPS]

With DROPS it kills itself half-way through writing that drop; without, it drops for ever and says so on each line.
"""

import os
import signal
import sys
from pathlib import Path

from models.people.whole_file import write_whole
from tests.spine_label.hand import C7, Hand


class Killer:
    """Writes whole files until the last one, of which it writes half and dies as with kill -9."""

    def __init__(self, drops: int) -> None:
        self._left = drops

    def write(self, path: Path, data: bytes) -> None:
        self._left -= 1
        if self._left:
            write_whole(path, data)
            return
        path.with_name(f".{path.name}.{os.getpid()}.part").write_bytes(data[: len(data) // 2])
        os.kill(os.getpid(), signal.SIGKILL)


def main(folder: Path, drops: int) -> None:
    hand = Hand(folder, None, Killer(drops).write)
    for number in range(1_000_000):
        hand.drag(C7, (10, 0) if number % 2 == 0 else (-10, 0))
        sys.stdout.write(f"{number + 1}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
