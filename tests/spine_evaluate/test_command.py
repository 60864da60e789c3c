"""`python -m models.spine.evaluate`: figures for good files, one sentence for broken ones."""

import json

import pytest
import typer
from typer.testing import CliRunner

from edge.errors import PictureError
from models.spine.evaluate.__main__ import main
from models.spine.evaluate.layouts import layout_for, layout_named
from models.spine.evaluate.people import read_found, read_truth
from tests.spine_evaluate.drawn import drawn
from tests.spine_evaluate.files import annotation, annotations, result, write

POINTS = [[1.0 * k, 2.0 * k, 1] for k in range(17)]
FOUND = [[1.0 * k, 2.0 * k] for k in range(17)]


def run(*arguments):
    app = typer.Typer()
    app.command()(main)
    return CliRunner().invoke(app, [str(one) for one in arguments])


def test_the_command_prints_and_writes_every_figure(tmp_path):
    people, results = drawn(37, pictures=6)
    truth, points = write(tmp_path / "t.json", people), write(tmp_path / "p.json", results)
    done = run("--truth", truth, "--points", points, "--json", tmp_path / "figures.json")
    assert done.exit_code == 0, done.output
    rows = {row["id"]: row["value"] for row in json.loads((tmp_path / "figures.json").read_text())}
    assert {f"{name}_{group}" for name in ("ap", "ar", "ap50") for group in ("body", "feet", "spine", "all")} <= set(
        rows
    )
    assert {"pck20_limbs", "pck20_limbs_either_side"} <= set(rows)
    assert all(0 <= rows[f"ap_{group}"] <= 1 for group in ("body", "feet", "spine", "all"))
    assert "ap_spine" in done.output


def test_joints_of_mpii_get_heads_and_no_precision(tmp_path):
    truth = write(tmp_path / "t.json", annotations(annotation([[5.0 * k, 7.0 * k, 1] for k in range(16)])))
    points = write(tmp_path / "p.json", [result([[5.0 * k, 7.0 * k] for k in range(16)])])
    done = run("--truth", truth, "--points", points, "--json", tmp_path / "f.json")
    assert done.exit_code == 0, done.output
    rows = {row["id"]: row["value"] for row in json.loads((tmp_path / "f.json").read_text())}
    assert rows["pckh50_total"] == rows["pckh50_head"] == 100.0
    assert not any(name.startswith("ap") for name in rows)


@pytest.mark.parametrize(
    ("truth", "says"),
    [
        (None, "cannot be read"),
        ("{", "is no JSON"),
        ([], "no list of annotations"),
        ({"images": []}, "no list of annotations"),
        ({"annotations": []}, "no annotated person"),
        ({"annotations": [{}]}, r"annotations\[0\] has no 'keypoints'"),
        ({"annotations": [{"keypoints": [1, 2, 2]}]}, "no layout has these 1 points"),
        ({"annotations": [{"keypoints": [1, 2, 2] * 14}]}, "several layouts have these 14 points"),
        ({"annotations": [7]}, r"annotations\[0\] cannot be read"),
        (annotations(annotation(POINTS), annotation(POINTS[:16])), r"annotations\[1\].*body17 has 17 points"),
        (annotations(annotation(POINTS, area="big")), r"annotations\[0\] cannot be read"),
        (annotations(annotation(POINTS, area=float("nan"))), "must be finite"),
        (annotations(annotation([[float("nan"), 1, 2]] * 17)), "must be finite"),
        (annotations(annotation(POINTS, bbox=[1, 2, 3])), "a box has 4 numbers"),
        (annotations(annotation(POINTS, head_box="head")), r"annotations\[0\] cannot be read"),
        ({"annotations": [{"image_id": 1, "keypoints": [0] * 51}]}, "needs a bbox"),
        ({"images": [{"name": "a"}], "annotations": [annotation(POINTS)]}, r"images\[0\] has no 'id'"),
        ({"categories": [3], "annotations": [annotation(POINTS)]}, r"categories\[0\] cannot be read"),
        ({"categories": [{"keypoints": ["nose"]}], "annotations": [annotation(POINTS)]}, "no layout has"),
    ],
)
def test_broken_annotations_are_refused_with_the_place(tmp_path, truth, says):
    path = tmp_path / "truth.json"
    if truth is not None:
        path.write_text(truth if isinstance(truth, str) else json.dumps(truth))
    with pytest.raises(PictureError, match=says) as caught:
        read_truth(path)
    assert "truth.json" in str(caught.value) or "--layout" in str(caught.value)


@pytest.mark.parametrize(
    ("results", "says"),
    [
        (None, "cannot be read"),
        ("[1,", "is no JSON"),
        ({"results": []}, "no list of results"),
        ([{}], r"results\[0\] has no 'keypoints'"),
        ([result(FOUND), 5], r"results\[1\] cannot be read"),
        ([result(FOUND[:16])], "body17 has 17 points"),
        ([result(FOUND, score=float("nan"))], "must be finite"),
        ([result([[float("inf"), 0.0]] * 17)], "must be finite"),
        ([{"image_id": 1, "keypoints": ["a"] * 51, "score": 1}], r"results\[0\] cannot be read"),
        ([{"image_id": 1, "keypoints": [0] * 51}], r"results\[0\] has no 'score'"),
        ([result(FOUND, picture=9)], "names picture 9"),
    ],
)
def test_broken_results_are_refused_with_the_place(tmp_path, results, says):
    truth = read_truth(write(tmp_path / "truth.json", annotations(annotation(POINTS))))
    path = tmp_path / "results.json"
    if results is not None:
        path.write_text(results if isinstance(results, str) else json.dumps(results))
    with pytest.raises(PictureError, match=says) as caught:
        read_found(path, truth)
    assert "results.json" in str(caught.value)


def test_a_broken_file_ends_the_command_with_one_sentence(tmp_path):
    truth = write(tmp_path / "t.json", annotations(annotation(POINTS)))
    done = run("--truth", truth, "--points", tmp_path / "none.json")
    assert done.exit_code == 1
    assert "cannot be read" in done.output
    assert "Traceback" not in done.output
    unknown = run("--truth", truth, "--points", tmp_path / "none.json", "--layout", "coco")
    assert unknown.exit_code == 1
    assert "name one of body17" in unknown.output


def test_names_or_an_option_tell_fourteen_points_apart(tmp_path):
    lsp = layout_named("lsp14")
    assert layout_for(14, lsp.points) == lsp
    named = annotations(annotation(POINTS[:14])) | {"categories": [{"keypoints": list(lsp.points)}]}
    assert read_truth(write(tmp_path / "t.json", named)).layout == lsp
    bare = write(tmp_path / "b.json", annotations(annotation(POINTS[:14])))
    assert read_truth(bare, "head_first14").layout.name == "head_first14"


def test_an_area_that_is_missing_comes_from_the_box(tmp_path):
    person = annotation(POINTS)
    del person["area"]
    (found,) = read_truth(write(tmp_path / "t.json", annotations(person))).people
    assert found.area_px2 == pytest.approx(0.53 * 100 * 200)
