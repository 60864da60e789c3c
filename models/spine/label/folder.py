"""A folder of pictures and what is known about them."""

import datetime
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from edge.errors import ConfigError, PictureError, StoreError
from edge.session.summary import Record
from models.people.whole_file import write_whole
from models.spine.label.record import Consent, Manifest, PictureLabels

LABELS = "labels"
MANIFEST = "manifest.json"
PICTURES = (".jpg", ".jpeg", ".png")

Write = Callable[[Path, bytes], None]
Kept = TypeVar("Kept", bound=Record)


@dataclass(frozen=True, slots=True)
class PictureFile:
    """
    One of the site's pictures.

    Attributes:
        path: of the file.
        sha256: of its bytes.
    """

    path: Path
    sha256: str


def pictures_of(folder: Path) -> tuple[PictureFile, ...]:
    """
    The pictures of a folder by name, each once however many copies there are.

    Raises:
        ConfigError: there is no such folder.
        PictureError: there is no picture in it, or one cannot be read at all.
    """
    if not folder.is_dir():
        raise ConfigError(f"{folder}: no such folder, name the one with the site's pictures")
    found: dict[str, PictureFile] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in PICTURES and not path.name.startswith(".") and path.is_file():
            sha256 = _hash(path)
            found.setdefault(sha256, PictureFile(path, sha256))
    if not found:
        raise PictureError(f"{folder}: no picture in it, copy .jpg or .png files there")
    return tuple(found.values())


def _hash(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise PictureError(f"{path}: cannot be read ({error.strerror}), check who may read it") from error


class LabelFolder:
    """
    Reads and writes the labels of one folder; each file is there whole or not at all.

        LabelFolder(folder).load(sha256)
    """

    def __init__(self, folder: Path, write: Write = write_whole) -> None:
        self.path = folder / LABELS
        self._write = write

    @property
    def manifest(self) -> Manifest:
        """
        Who agreed to what; an empty one where nobody was asked.

        Raises:
            StoreError: the file is damaged.
        """
        return self._read(self.path / MANIFEST, Manifest) or Manifest()

    def add_consents(self, consents: Iterator[Consent] | list[Consent]) -> Manifest:
        """
        Keep more answers about consent; give all of them.

        Raises:
            StoreError: the manifest is damaged or cannot be written.
        """
        manifest = self.manifest
        manifest = manifest.model_copy(update={"consents": (*manifest.consents, *consents)})
        self._keep(self.path / MANIFEST, manifest)
        return manifest

    def file(self, sha256: str) -> Path:
        """Where one picture's labels are."""
        return self.path / f"{sha256[:16]}.json"

    def load(self, sha256: str) -> PictureLabels | None:
        """
        One picture's labels; None where there are none.

        Raises:
            StoreError: the file is damaged, or another picture's.
        """
        labels = self._read(self.file(sha256), PictureLabels)
        if labels is not None and labels.sha256 != sha256:
            raise StoreError(f"{self.file(sha256)}: belongs to another picture, move it away")
        return labels

    def save(self, labels: PictureLabels) -> None:
        """
        Keep one picture's labels in place of the earlier ones.

        Raises:
            StoreError: it cannot be written; what was kept before is still there.
        """
        self._keep(self.file(labels.sha256), labels)

    def _keep(self, path: Path, record: Record) -> None:
        try:
            self.path.mkdir(exist_ok=True)
            self._write(path, record.model_dump_json(indent=1).encode() + b"\n")
        except OSError as error:
            raise StoreError(f"{path.parent}: cannot be written ({error.strerror}), make room or allow it") from error

    def _read(self, path: Path, kind: type[Kept]) -> Kept | None:
        try:
            return kind.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"{path}: cannot be read ({error.strerror}), check who may read it") from error
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False, include_context=False)[0]
            where = ".".join(map(str, first["loc"])) or "the file"
            raise StoreError(
                f"{path}: damaged ({where}: {first['msg']}); it stays so: put a backup in its place or move it away"
            ) from None


def answer(sha256: str, date: datetime.date | None, operator: str, utc: str) -> Consent:
    """Consent of a date, or a refusal where there is none."""
    return Consent(sha256=sha256, given="no" if date is None else "yes", date=date, operator=operator, utc=utc)
