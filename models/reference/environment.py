"""Making a reference's environment: on demand, from pinned and hashed requirements, beside nothing of ours."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from edge.errors import ModelError

HERE = Path(__file__).parent
VERSIONS = ("0.10.21", "1.2.2")
INSTALL_S = 900
STAMP = "requirements.sha256"


def reference_python(version: str, cache: Path) -> Path:
    """
    Give the interpreter of a reference's environment, making the environment when it is not there yet.

    Args:
        version: of mediapipe, one of `VERSIONS`.
        cache: where environments are kept.

    Raises:
        ModelError: it cannot be installed here.
    """
    requirements = HERE / f"mediapipe-{version}.txt"
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    folder = cache / f"reference-{version}"
    python, stamp = folder / "bin" / "python", folder / STAMP
    if not (python.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == wanted):
        shutil.rmtree(folder, ignore_errors=True)
        _install(folder, python, requirements)
        stamp.write_text(wanted, encoding="utf-8")
    return python


def task_file(cache: Path) -> Path:
    """
    Give the bundle that mediapipe 1.2.2 loads, made of the networks inside 0.10.21 when it is not there yet.

    Raises:
        ModelError: it cannot be made.
    """
    path = cache / "pose_full.task"
    if not path.exists():
        _run([str(reference_python("0.10.21", cache)), str(HERE / "make_task.py"), str(path)], "the .task bundle")
    return path


def _install(folder: Path, python: Path, requirements: Path) -> None:
    what = requirements.stem
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if uv is None:
        _run([sys.executable, "-m", "venv", str(folder)], what)
        _run([str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(requirements)], what)
        return
    _run([uv, "venv", "--quiet", "--python", sys.executable, str(folder)], what)
    _run([uv, "pip", "install", "--quiet", "--python", str(python), "--require-hashes", "-r", str(requirements)], what)


def _run(command: list[str], what: str) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=INSTALL_S)
    except subprocess.CalledProcessError as error:
        reason = (error.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise ModelError(f"{what} cannot be set up here ({reason}); check the network and try again") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ModelError(f"{what} cannot be set up here ({error}); check the network and try again") from error
