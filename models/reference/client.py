"""Asking a reference runtime that works in its own process."""

import json
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edge.errors import ModelError
from models.reference.environment import HERE, reference_python, task_file


class Reference:
    """
    One reference runtime.

        with Reference("0.10.21", Path("models/cache")) as reference:
            landmarks = reference.landmarks(frames, mode="static")
    """

    def __init__(self, version: str, cache: Path) -> None:
        """
        Args:
            version: of mediapipe: "0.10.21" by its solutions interface, "1.2.2" by its tasks interface.
            cache: where its environment is kept.

        Raises:
            ModelError: it cannot be installed or does not start.
        """
        self.version = version
        api = ["solutions"] if version == "0.10.21" else ["tasks", str(task_file(cache).absolute())]
        command = [str(reference_python(version, cache).absolute()), str(HERE / "worker.py"), *api]
        self._folder = tempfile.TemporaryDirectory(prefix="plumbline-reference-")
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        if self._answer()["version"] != version:
            raise ModelError(f"the environment of mediapipe {version} holds another version; remove it from {cache}")

    def landmarks(self, frames: Path, mode: str) -> NDArray[np.float64]:
        """
        Pose every frame.

        Args:
            frames: .npz of RGB pictures, see `pictures.save_frames`.
            mode: "static" or "track".

        Returns:
            (n, 33, 4) float64: x, y, z in pixels, visibility; NaN where nobody was found.
        """
        path = Path(self._folder.name) / "landmarks.npy"
        self._ask({"do": "landmarks", "frames": str(frames), "mode": mode, "answer": str(path)})
        found: NDArray[np.float64] = np.load(path)
        return found

    def time(self, frames: Path, mode: str) -> dict[str, list[float]]:
        """Pose every frame, going on from the last call; "wall_ms" and "cpu_ms" of each."""
        return self._ask({"do": "time", "frames": str(frames), "mode": mode})

    def __enter__(self) -> "Reference":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the runtime; closing twice is fine."""
        self._process.kill()
        self._process.communicate()
        self._folder.cleanup()

    def _ask(self, request: dict[str, str]) -> dict[str, Any]:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise ModelError(f"mediapipe {self.version} ended; run the bench again") from None
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self.close()
            raise ModelError(f"mediapipe {self.version} gave no answer; remove its folder from the cache and try again")
        answer: dict[str, Any] = json.loads(line)
        return answer
