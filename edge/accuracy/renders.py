"""The pictures: made by the workshop in a process of its own, for the station never imports it."""

import subprocess
import sys
from pathlib import Path

from edge.errors import PlumblineError


def render(seeds: range, folder: Path, distribution: str, take: int = 0) -> None:
    """
    Have the workshop render people into a folder; what lies there already is not rendered again.

    Args:
        seeds: of the people, without a gap.
        folder: made if need be.
        distribution: e.g. "V1".
        take: 0 for the first; before another the same people step off the mark and on again.

    Raises:
        PlumblineError: the workshop failed; what it said stands above.
    """
    command = [sys.executable, "-m", "models.people", "render", f"{seeds.start}:{seeds.stop}"]
    command += ["--out", str(folder), "--distribution", distribution, "--take", str(take)]
    ended = subprocess.run(command, check=False).returncode
    if ended:
        raise PlumblineError(f"rendering ended with {ended}, run it alone in the checkout: {' '.join(command[1:])}")
