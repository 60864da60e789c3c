import hashlib
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from edge.errors import ModelError
from models.sources import NPM, WHEEL, Archive, extract, fetch

MEMBER, CONTENT = "package/net.tflite", b"a network"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def archive_at(path: Path) -> Path:
    if path.suffix == ".whl":
        with zipfile.ZipFile(path, "w") as opened:
            opened.writestr(MEMBER, CONTENT)
    else:
        with tarfile.open(path, "w:gz") as opened:
            entry = tarfile.TarInfo(MEMBER)
            entry.size = len(CONTENT)
            opened.addfile(entry, io.BytesIO(CONTENT))
    return path


def pinned(path: Path, command: tuple[str, ...] = ("no-such-tool",)) -> Archive:
    return Archive("package 1.0", path.name, hashlib.sha256(path.read_bytes()).hexdigest(), command, "Apache-2.0")


@pytest.mark.parametrize("name", ["a.whl", "a.tgz"])
def test_a_member_is_taken_out_of_a_wheel_or_a_tarball(tmp_path: Path, name: str) -> None:
    path = archive_at(tmp_path / name)
    assert fetch(pinned(path), tmp_path) == path
    assert extract(path, MEMBER, SHA256) == CONTENT


@pytest.mark.parametrize("name", ["a.whl", "a.tgz"])
def test_a_member_that_is_missing_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(ModelError, match=r"holds no readable other.tflite"):
        extract(archive_at(tmp_path / name), "other.tflite", SHA256)


def test_an_archive_that_is_not_the_pinned_one_is_removed(tmp_path: Path) -> None:
    path = archive_at(tmp_path / "a.whl")
    archive = pinned(path)
    path.write_bytes(path.read_bytes() + b"!")
    with pytest.raises(ModelError, match="it was removed"):
        fetch(archive, tmp_path)
    assert not path.exists()


def test_a_member_that_is_not_the_pinned_one_takes_its_archive_with_it(tmp_path: Path) -> None:
    path = archive_at(tmp_path / "a.whl")
    with pytest.raises(ModelError, match="the archive was removed"):
        extract(path, MEMBER, "0" * 64)
    assert not path.exists()


def test_a_tool_that_is_not_installed_is_named_with_a_way_out(tmp_path: Path) -> None:
    archive = Archive("package 1.0", "a.tgz", "0" * 64, ("no-such-tool", "pack"), "Apache-2.0")
    with pytest.raises(ModelError, match=r"needs no-such-tool; install it, or put a.tgz into"):
        fetch(archive, tmp_path)


def test_a_download_that_fails_gives_the_tools_last_word(tmp_path: Path) -> None:
    tool = tmp_path / "tool"
    tool.write_text("#!/bin/sh\necho first >&2\necho the network is down >&2\nexit 3\n")
    tool.chmod(0o755)
    archive = Archive("package 1.0", "a.tgz", "0" * 64, (str(tool),), "Apache-2.0")
    with pytest.raises(ModelError, match=r"could not be downloaded \(the network is down\)"):
        fetch(archive, tmp_path / "cache")


def test_a_download_that_leaves_nothing_is_noticed(tmp_path: Path) -> None:
    archive = Archive("package 1.0", "a.tgz", "0" * 64, ("true",), "Apache-2.0")
    with pytest.raises(ModelError, match=r"did not leave a.tgz"):
        fetch(archive, tmp_path)


def test_what_a_download_leaves_is_checked_like_everything_else(tmp_path: Path) -> None:
    tool = tmp_path / "tool"
    tool.write_text("#!/bin/sh\necho evil > a.tgz\n")
    tool.chmod(0o755)
    archive = Archive("package 1.0", "a.tgz", "0" * 64, (str(tool),), "Apache-2.0")
    with pytest.raises(ModelError, match="it was removed"):
        fetch(archive, tmp_path / "cache")
    assert not (tmp_path / "cache" / "a.tgz").exists()


def test_the_archives_are_pinned_to_one_version() -> None:
    assert "mediapipe==0.10.21" in WHEEL.command
    assert "--no-deps" in WHEEL.command
    assert NPM.command[-1] == "@mediapipe/pose@0.5.1675469404"
    assert len(WHEEL.sha256) == len(NPM.sha256) == 64
