import hashlib
import json
import random
from pathlib import Path

import pytest

from edge.engine.artefact import load_artefact
from edge.engine.onnx import OnnxEngine
from edge.errors import ModelError
from tests.small_network import SIDE, small_network, write_folder

NAME = "small.float"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_folder(tmp_path, small_network(), name=NAME, precision="float")
    return tmp_path


def test_an_artefact_says_what_it_takes_and_gives(folder: Path) -> None:
    artefact = load_artefact(folder, NAME)
    assert artefact.name == NAME
    assert artefact.precision == "float"
    assert artefact.inputs == {"image": (1, 3, SIDE, SIDE)}
    assert artefact.outputs == {"answer": (1, 2, SIDE // 2, SIDE // 2)}
    assert artefact.sha256 == hashlib.sha256(artefact.path.read_bytes()).hexdigest()


@pytest.mark.parametrize("file", [f"{NAME}.onnx", f"{NAME}.model.toml"])
def test_no_altered_file_reaches_a_parser(folder: Path, file: str) -> None:
    # Nothing that reads ONNX or TOML is called unless load_artefact gives its artefact back: it must not, 200 times.
    chance, path = random.Random(7), folder / file
    original = path.read_bytes()
    for _ in range(200):
        altered = bytearray(original)
        match chance.randrange(3):
            case 0:
                altered[chance.randrange(len(altered))] ^= 1 << chance.randrange(8)
            case 1:
                del altered[chance.randrange(len(altered)) :]
            case _:
                altered.insert(chance.randrange(len(altered)), chance.randrange(256))
        path.write_bytes(altered)
        with pytest.raises(ModelError, match="is not the file the manifest lists"):
            load_artefact(folder, NAME)


def test_the_bytes_that_were_checked_are_the_bytes_that_run(folder: Path) -> None:
    artefact = load_artefact(folder, NAME)
    artefact.path.write_bytes(b"swapped after the check")
    OnnxEngine(artefact).close()


def test_a_missing_folder_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"manifest.json is missing; run python -m models.build"):
        load_artefact(tmp_path / "nowhere", NAME)


def test_a_network_that_is_not_listed_is_refused_even_if_it_lies_there(folder: Path) -> None:
    (folder / "stranger.onnx").write_bytes((folder / f"{NAME}.onnx").read_bytes())
    with pytest.raises(ModelError, match=r"does not list stranger.onnx"):
        load_artefact(folder, "stranger")


def test_a_listed_file_that_was_deleted_is_named(folder: Path) -> None:
    (folder / f"{NAME}.onnx").unlink()
    with pytest.raises(ModelError, match=r"small.float.onnx is missing"):
        load_artefact(folder, NAME)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"sha256": 3}', "\x00\xff"])
def test_a_manifest_that_lists_nothing_is_refused(folder: Path, text: str) -> None:
    (folder / "manifest.json").write_text(text)
    with pytest.raises(ModelError, match="is not a list of hashes"):
        load_artefact(folder, NAME)


@pytest.mark.parametrize("card", ["name =", 'name = "small"', "\xff"])
def test_a_description_that_describes_nothing_is_refused_although_its_hash_fits(folder: Path, card: str) -> None:
    body = card.encode("latin-1")
    (folder / f"{NAME}.model.toml").write_bytes(body)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["sha256"][f"{NAME}.model.toml"] = hashlib.sha256(body).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(ModelError, match="does not describe a network"):
        load_artefact(folder, NAME)
