"""
Compiles the inner loops with numba, once per version of the renderer.

numba keys its cache by each file alone, so a change in `noise.py` would leave yesterday's copy inlined in `shade.py`.
The folder of the cache is therefore named after a hash of all the renderer's sources.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

from edge.errors import ModelError

try:
    import numba
except ImportError as error:
    raise ModelError("numba is missing: install Plumbline with the extra 'people' to render people") from error

_Function = TypeVar("_Function", bound=Callable[..., Any])


def _version() -> str:
    """A short hash of every source that may be inlined into another."""
    digest = hashlib.sha256(numba.__version__.encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _home() -> Path:
    """Where compiled code is kept: a person's own cache folder, which may be emptied at any time."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "plumbline"


if "NUMBA_CACHE_DIR" not in os.environ:
    setattr(numba.config, "CACHE_DIR", str(_home() / f"render-{_version()}"))  # noqa: B010 - made at run time


def compiled(function: _Function) -> _Function:
    """
    Compile a function on its first call, or take it from the cache.

    Compiled functions allocate nothing (`_nrt=False`): counting references to some fifty arrays at every pixel would
    take longer than the picture. Their results go into arrays that are handed to them.
    """
    compile_it = cast(Any, numba.njit)(cache=True, fastmath=True, forceinline=True, _nrt=False)
    return cast(_Function, compile_it(function))
