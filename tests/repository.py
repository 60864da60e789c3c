"""What the repository holds, for the tests that read it; git itself need not be there."""

import fnmatch
import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
BINARY = {".jpg", ".mp4", ".npz", ".onnx", ".tflite", ".png"}


def files(*folders: str) -> list[Path]:
    """The text files of these folders, of all when none is named, less what git ignores."""
    tops = [ROOT / folder for folder in folders] or [ROOT]
    return sorted(path for top in tops for path in _walk(top) if path.suffix not in BINARY)


def sources(*folders: str) -> list[Path]:
    """The Python files of these folders."""
    return [path for path in files(*folders) if path.suffix == ".py"]


def relative(path: Path) -> str:
    """A path as it reads from the top of the repository."""
    return str(path.relative_to(ROOT))


def _walk(top: Path) -> Iterator[Path]:
    for place, inner, names in os.walk(top):
        inner[:] = [name for name in inner if not _ignored(Path(place) / name)]
        yield from (path for name in names if not _ignored(path := Path(place) / name))


def _ignored(path: Path) -> bool:
    return path.name == ".git" or any(
        fnmatch.fnmatch(relative(path), pattern[1:]) if pattern[0] == "/" else fnmatch.fnmatch(path.name, pattern)
        for pattern in _PATTERNS
    )


def _patterns() -> list[str]:
    """The two kinds of patterns this repository uses: a name anywhere, and with a leading slash a path from the top."""
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    return [line.rstrip("/") for line in lines if line.strip() and not line.startswith("#")]


_PATTERNS = _patterns()
