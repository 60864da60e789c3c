"""The commands: stopped, gone on with, spread over a cluster, refused."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from typer.testing import CliRunner

from models.people.__main__ import app
from models.people.asset import SHIPPED
from models.people.cluster import results
from models.people.dataset import LIST, TruthList, crop_jobs, size_of
from models.people.work import RenderJob, crop_job, render_job
from tests.repository import ROOT

SIZE_PX = (24, 32)


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def pictures_listed(folder):
    return [json.loads(line)["picture"] for line in (folder / LIST).read_text().splitlines()]


def stamps(folder, pattern):
    return {path.name: path.stat().st_mtime_ns for path in folder.glob(pattern)}


@pytest.mark.parametrize(
    "words",
    [
        ("render", "900000:900001"),
        ("render", "899999:900001"),
        ("dataset", "--count", 10, "--first", 799_995),
        ("dataset", "--count", 1, "--first", 900_000),
        ("clip", "stand", "--seed", 800_000),
        ("render", "5:5"),
        ("render", "1", "--distribution", "V7"),
        ("dataset", "--count", 1, "--crop", "foot"),
        ("dataset", "--count", 1, "--size", "big"),
        ("clip", "somersault"),
        ("clip", "stand", "--view", "above"),
    ],
)
def test_what_may_not_be_rendered_is_refused_before_anything_is(words, tmp_path):
    out = tmp_path / ("x.mp4" if words[0] == "clip" else "out")
    ended = run(*words, "--out", out)
    assert ended.exit_code == 1, ended.output
    assert not [path for path in tmp_path.rglob("*") if path.suffix in (".jpg", ".png", ".json", ".mp4")]


def test_only_what_is_missing_is_rendered_and_it_comes_out_the_same(tmp_path):
    job = RenderJob(4, "draft", 0, str(tmp_path))
    assert (render_job(job), job.missing()) == (2, [])
    before, picture = stamps(tmp_path, "*"), (tmp_path / f"{job.stem(1)}.jpg").read_bytes()
    assert render_job(job) == 0
    (tmp_path / f"{job.stem(1)}.json").unlink()  # as if killed between the picture and its truth
    assert render_job(job) == 1
    after = stamps(tmp_path, "*")
    assert {name for name in before if before[name] != after[name]} == {f"{job.stem(1)}.jpg", f"{job.stem(1)}.json"}
    assert (tmp_path / f"{job.stem(1)}.jpg").read_bytes() == picture


def test_a_film_has_the_truth_of_every_frame(tmp_path):
    out = tmp_path / "x.mp4"
    assert run("clip", "adams", "--out", out, "--seconds", 0.2, "--size", "64x48").exit_code == 0
    record = json.loads(out.with_suffix(".json").read_text())
    assert [frame["time_s"] for frame in record["frames"]] == pytest.approx([n / 30 for n in range(6)])
    assert out.stat().st_size > 500
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.json", "x.mp4"]


def test_a_killed_run_goes_on_where_it_was(tmp_path):
    command = [sys.executable, "-m", "models.people", "dataset", "--count", "40", "--size", "32x24", "--workers", "1"]
    begun = subprocess.Popen([*command, "--out", str(tmp_path)], cwd=ROOT, start_new_session=True)
    deadline = time.monotonic() + 60
    while len(list(tmp_path.glob("*.jpg"))) < 3 and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(begun.pid, signal.SIGKILL)
    begun.wait()
    with (tmp_path / LIST).open("ab") as lines:
        lines.write(b'{"picture": "half')  # as if the kill had cut a line in two
    done = set(pictures_listed_whole(tmp_path))
    before = {name: stamp for name, stamp in stamps(tmp_path, "*.jpg").items() if name in done}
    assert before
    subprocess.run([*command, "--out", str(tmp_path)], cwd=ROOT, check=True)
    after = stamps(tmp_path, "*.jpg")
    assert {name: after[name] for name in before} == before
    assert sorted(pictures_listed(tmp_path)) == sorted(after) == [f"{seed:06d}.jpg" for seed in range(40)]
    assert not list(tmp_path.glob(".*"))


def pictures_listed_whole(folder):
    lines = (folder / LIST).read_bytes().split(b"\n")[:-1]
    return [json.loads(line)["picture"] for line in lines]


def test_a_cluster_that_loses_a_worker_renders_every_picture_once(tmp_path):
    distributed = pytest.importorskip("distributed")
    jobs = crop_jobs(range(24), "torso", SIZE_PX, (tmp_path, SHIPPED), set())
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        cluster.get_client() as client,
        TruthList(tmp_path) as pictures,
    ):
        workers = list(client.run(os.getpid).values())
        assert len(workers) == 2
        for number, line in enumerate(results(client, crop_job, jobs)):
            pictures.add(line)
            if number == 2:
                os.kill(workers[0], signal.SIGKILL)
        assert workers[0] not in client.run(os.getpid).values()
    expected = [f"{seed:06d}.jpg" for seed in range(24)]
    assert sorted(pictures_listed(tmp_path)) == expected
    assert sorted(path.name for path in tmp_path.glob("*.jpg")) == expected


def test_a_picture_is_listed_once_and_half_a_line_is_forgotten(tmp_path):
    (tmp_path / LIST).write_bytes(b'{"picture": "1.jpg"}\n{"picture": "2.j')
    with TruthList(tmp_path) as pictures:
        assert pictures.pictures == {"1.jpg"}
        pictures.add({"picture": "1.jpg"})
        pictures.add({"picture": "2.jpg"})
    assert pictures_listed(tmp_path) == ["1.jpg", "2.jpg"]


def test_a_size_is_height_by_width():
    assert size_of("256x192") == (192, 256)
