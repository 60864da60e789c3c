"""What the renderer says when it cannot be compiled, and where it keeps what it compiled."""

import subprocess
import sys

from tests.repository import ROOT

_WITHOUT = """
import sys
sys.modules["numba"] = None
try:
    import models.people.render.render
except Exception as error:
    print(type(error).__name__, error)
"""
_WHERE = "import models.people.render.compiled as c; print(c.numba.config.CACHE_DIR)"


def run(program: str, **more: str) -> str:
    env = {"PATH": "/usr/bin:/bin", "HOME": "/nowhere", **more}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_without_numba_one_sentence_says_what_to_install():
    said = run(_WITHOUT)
    assert said == "ModelError numba is missing: install Plumbline with the extra 'people' to render people"


def test_compiled_code_is_kept_under_the_renderers_own_version(tmp_path):
    kept = run(_WHERE, XDG_CACHE_HOME=str(tmp_path))
    assert kept.startswith(str(tmp_path / "plumbline" / "render-"))
    assert run(_WHERE, XDG_CACHE_HOME=str(tmp_path)) == kept


def test_a_folder_somebody_named_for_compiled_code_is_respected(tmp_path):
    assert run(_WHERE, NUMBA_CACHE_DIR=str(tmp_path)) == str(tmp_path)
