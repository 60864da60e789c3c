import hashlib
import sys

import pytest

from edge.errors import ModelError
from models.reference.client import Reference
from models.reference.environment import HERE, STAMP, VERSIONS, reference_python


def made(cache, version):
    """An environment that looks finished but holds nothing: its interpreter is this one."""
    folder = cache / f"reference-{version}"
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").symlink_to(sys.executable)
    pins = (HERE / f"mediapipe-{version}.txt").read_bytes()
    (folder / STAMP).write_text(hashlib.sha256(pins).hexdigest())
    return folder


@pytest.mark.parametrize("version", VERSIONS)
def test_every_pin_is_hashed_and_names_no_host(version):
    text = (HERE / f"mediapipe-{version}.txt").read_text()
    assert "://" not in text
    assert f"mediapipe=={version}" in text
    pins = [block for block in text.replace("\\\n", " ").splitlines() if block and not block.startswith("#")]
    assert all("==" in pin and "--hash=sha256:" in pin for pin in pins)


def test_a_finished_environment_is_used_as_it_is(tmp_path):
    folder = made(tmp_path, "0.10.21")
    assert reference_python("0.10.21", tmp_path) == folder / "bin" / "python"


def test_a_reference_that_does_not_start_says_so(tmp_path):
    made(tmp_path, "0.10.21")
    with pytest.raises(ModelError, match=r"mediapipe 0\.10\.21 gave no answer"):
        Reference("0.10.21", tmp_path)
