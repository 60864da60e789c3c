"""Rows 1.1 and 1.2 on real weights, which are no part of the project: skipped unless the environment says where."""

import json
import os
from pathlib import Path

import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner

from edge.errors import ModelError, PictureError
from models.spine.evaluate.hourglass import adopt_weights, main, measure, photographed

WEIGHTS, PHOTOS = (os.environ.get(name) for name in ("PLUMBLINE_HOURGLASS", "PLUMBLINE_PHOTOS"))


@pytest.mark.timeout(600)
@pytest.mark.skipif(not (WEIGHTS and PHOTOS), reason="needs PLUMBLINE_HOURGLASS and PLUMBLINE_PHOTOS")
def test_an_hourglass_of_others_finds_the_joints_of_standing_people():
    rows = {row.id: row.value for row in measure(Path(WEIGHTS), Path(PHOTOS), "standing", Console(), limit=20)}
    # An untrained network, wrong colours or a wrong order of joints stay below 20.
    assert rows["pckh50_total"] > 60
    assert rows["pck20_limbs_either_side"] > 60


def test_photographs_come_with_their_annotations(tmp_path):
    entry = {"file": "a.jpg", "subset": "standing", "joints": [[10 * k, 20 * k, k % 2] for k in range(14)]}
    other = {**entry, "subset": "bent"}
    (tmp_path / "lspet_annotations.json").write_text(json.dumps({"images": [entry, other]}))
    truth, files = photographed(tmp_path, "standing")
    assert [file.name for file in files] == ["a.jpg"]
    assert truth.people[0].labelled.sum() == 7
    with pytest.raises(PictureError, match="no subset"):
        photographed(tmp_path, "sitting")


@pytest.mark.parametrize("content", [None, "{", '{"images": [{"subset": "standing"}]}'])
def test_photographs_without_annotations_are_refused(tmp_path, content):
    if content is not None:
        (tmp_path / "lspet_annotations.json").write_text(content)
    with pytest.raises(PictureError, match="by --photos"):
        photographed(tmp_path, "standing")


def test_weights_that_are_none_are_refused(tmp_path):
    with pytest.raises(ModelError, match="by --weights"):
        adopt_weights(tmp_path / "none.tflite", tmp_path)
    (tmp_path / "bad.tflite").write_bytes(b"something else entirely")
    with pytest.raises(ModelError, match="no TFLite file"):
        adopt_weights(tmp_path / "bad.tflite", tmp_path)


def test_the_command_ends_with_one_sentence_where_nothing_is(tmp_path):
    app = typer.Typer()
    app.command()(main)
    done = CliRunner().invoke(app, ["--weights", str(tmp_path / "no"), "--photos", str(tmp_path)])
    assert done.exit_code == 1
    assert "cannot be read" in done.output
