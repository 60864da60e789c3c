"""The part of the training that needs torch."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", exc_type=ImportError)

from edge.errors import ModelError, PictureError  # noqa: E402
from models.people.sample import sample  # noqa: E402
from models.people.studio import studio  # noqa: E402
from models.spine.anatomy import implausibility  # noqa: E402
from models.spine.augment import example  # noqa: E402
from models.spine.batches import Library, batch_of  # noqa: E402
from models.spine.export import OUTPUTS, Export  # noqa: E402
from models.spine.finish import PLACES, _card  # noqa: E402
from models.spine.layout import CENTRES, COUNT, MIDLINE  # noqa: E402
from models.spine.losses import losses  # noqa: E402
from models.spine.network import SIZES, STRIDE, Answer, SpineNetwork, places  # noqa: E402
from models.spine.pictures import MARGINS, SIZE_PX, Picture, picture_of  # noqa: E402
from models.spine.second_stage import EPOCHS, second_stage, standing  # noqa: E402
from models.spine.settle import VIEWS  # noqa: E402
from models.spine.train import Plan, Training, averaged, load  # noqa: E402
from models.spine.widen import start_wider  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def pictures() -> list[Picture]:
    place = studio()
    shots = [sample(seed, "V1") for seed in range(4)]
    return [picture_of(shot.seed, "torso", *place.crop(shot, "torso", SIZE_PX, MARGINS["torso"])) for shot in shots]


@pytest.fixture
def shards(pictures: list[Picture], tmp_path: Path) -> Path:
    import json

    from models.spine.pictures import write_shard

    rows = [
        {
            "jpeg": one.jpeg, "points": one.points, "visible": one.visible, "mask": one.mask,
            "curve_deg": np.float32(one.curve_deg), "about": json.dumps(one.about),
        }
        for one in pictures
    ]  # fmt: skip
    folder = tmp_path / "shards"
    folder.mkdir()
    write_shard(folder / "shard-000000.npz", rows)
    return folder


def maps_at(points: "torch.Tensor") -> "torch.Tensor":
    """Logits whose softmax is a narrow bell around each point."""
    y, x = (torch.tensor(axis, dtype=torch.float32) for axis in np.mgrid[:64, :48] + 0.5)
    near = ((x - points[:, :, 0, None, None] / STRIDE) ** 2 + (y - points[:, :, 1, None, None] / STRIDE) ** 2) / 2
    return torch.cat([-near, torch.zeros(len(points), 1, 64, 48)], 1)


def answering(points: "torch.Tensor") -> Answer:
    """An answer with these points, and nothing else said."""
    maps = maps_at(points)
    count = len(points)
    return Answer((maps, maps), torch.zeros(count, COUNT, 2), torch.zeros(count, COUNT), points, torch.zeros(count, 8))


def test_a_point_between_cells_is_read_between_cells():
    points = torch.rand(2, COUNT, 2) * torch.tensor([150.0, 210.0]) + 20
    assert (places(maps_at(points)) - points).abs().max() < 0.5


def test_every_stack_gives_maps_and_every_stack_is_judged(pictures: list[Picture]):
    network = SpineNetwork(SIZES["small"])
    image, wanted = batch_of([example(one, None) for one in pictures])
    answer = network(image)
    assert [maps.shape for maps in answer.maps] == [(4, COUNT + 1, 64, 48)] * 2
    parts = losses(answer, wanted)
    parts["map"].backward()
    for head in network.heads:
        assert head.weight.grad is not None
        assert head.weight.grad.abs().sum() > 0


def test_right_answers_cost_less_than_wrong_ones(pictures: list[Picture]):
    _, wanted = batch_of([example(one, None) for one in pictures])

    def cost(shift: float, curve: float) -> dict[str, float]:
        maps = maps_at(wanted.points + shift)
        maps[:, COUNT] = torch.logit(wanted.outline.clamp(1e-3, 1 - 1e-3))
        seen = torch.where(wanted.visible > 0, 8.0, -8.0)
        answer = Answer((maps, maps), torch.zeros(4, COUNT, 2), seen, wanted.points, wanted.curve * curve)
        return {name: float(part) for name, part in losses(answer, wanted).items()}

    right, wrong = cost(0.0, 1.0), cost(9.0, -1.0)
    for name in ("map", "place", "sd"):
        assert right[name] < 0.7 * wrong[name], name
    assert right["curve"] < 1e-6 <= wrong["curve"] or float(wanted.curve.abs().max()) < 1e-6
    assert right["visible"] < 0.01


def test_unknown_points_cost_nothing(pictures: list[Picture]):
    _, wanted = batch_of([example(one, None) for one in pictures])
    nobody = type(wanted)(**{name: getattr(wanted, name) for name in wanted.__slots__} | {
        "known": torch.zeros_like(wanted.known), "labelled": torch.zeros_like(wanted.labelled),
        "curved": torch.zeros_like(wanted.curved), "upright": torch.zeros_like(wanted.upright),
    })  # fmt: skip
    maps = torch.randn(4, COUNT + 1, 64, 48)
    answer = Answer((maps, maps), torch.randn(4, COUNT, 2), torch.randn(4, COUNT), wanted.points, torch.randn(4, 8))
    assert all(float(part) == 0.0 for part in losses(answer, nobody).values())


def test_anatomy_costs_nothing_on_true_spines_of_any_curve():
    place = studio()
    for seed in range(12):
        shot = sample(seed, "V1")
        crop = picture_of(seed, "torso", *place.crop(shot, "torso", (60, 80), 1.5))
        assert float(implausibility(torch.from_numpy(crop.points)[None])[0]) < 1e-3, seed


def test_anatomy_costs_where_points_change_places_or_a_segment_doubles(pictures: list[Picture]):
    true = torch.from_numpy(pictures[0].points)[None]
    swapped = true.clone()
    swapped[:, [CENTRES[2], CENTRES[3]]] = true[:, [CENTRES[3], CENTRES[2]]]
    assert float(implausibility(swapped)[0]) > 0.05
    doubled = true.clone()
    step = true[:, CENTRES[3]] - true[:, CENTRES[2]]
    for point in CENTRES[3:]:
        doubled[:, point] += step
    assert float(implausibility(doubled)[0]) > 0.02


def test_anatomy_does_not_pull_a_true_curve_straight(pictures: list[Picture]):
    """Points are free to move along the anatomical loss alone: a bow of 20 mm stays a bow of 20 mm."""
    points = torch.from_numpy(pictures[0].points)[None].clone()
    trunk_px = float((points[:, CENTRES[-1]] - points[:, CENTRES[0]]).norm())
    for chosen in (CENTRES, MIDLINE):
        line = points[:, list(chosen)]
        share = torch.linspace(0, 1, len(chosen))
        line[..., 0] += 20 / 450 * trunk_px * torch.sin(torch.pi * share)
        points[:, list(chosen)] = line
    bowed = points.clone().requires_grad_()
    optimiser = torch.optim.SGD([bowed], lr=1.0)
    for _ in range(200):
        optimiser.zero_grad()
        implausibility(bowed).sum().backward()
        optimiser.step()

    def apex(p: "torch.Tensor") -> float:
        line = p[0, list(MIDLINE)].detach()
        return float((line[:, 0] - torch.linspace(float(line[0, 0]), float(line[-1, 0]), len(MIDLINE))).max())

    assert apex(bowed) > 0.9 * apex(points)


def test_the_written_network_says_what_the_trained_one_says():
    import onnxruntime

    torch.manual_seed(1)
    network = SpineNetwork(SIZES["tiny"])
    for part in network.modules():
        if isinstance(part, torch.nn.BatchNorm2d):
            part.running_mean.normal_(0, 0.2)
            part.running_var.uniform_(0.5, 2)
            part.weight.data.uniform_(0.5, 1.5)
    for view in VIEWS:
        getattr(network.settle, view).normal_(0, 0.05)
    network.settle.gate[-1] = 0.5  # an untaught network's points lie in the middle: every gate stands half open
    network.eval()
    wider = np.random.default_rng(0).random((COUNT, 2), np.float32)
    session = onnxruntime.InferenceSession(Export(network, wider).model().SerializeToString())
    image = torch.rand(1, 3, 256, 192)
    with torch.no_grad():
        answer = network(image)
    names = [output.name for output in session.get_outputs()]
    found = dict(zip(names, session.run(names, {"image": image.numpy()}), strict=True))
    assert {name: found[name].shape for name in names} == dict(OUTPUTS)
    assert np.abs(found["points"] - answer.points.numpy()).max() < 1e-2
    assert np.abs(found["points"] - places(answer.maps[-1]).numpy()).max() > 0.1
    assert np.abs(found["log_sd"] - wider - answer.log_sd.numpy()).max() < 1e-4
    assert np.abs(found["visible"] - answer.visible.numpy()).max() < 1e-4
    assert np.abs(found["curve"] - answer.curve.numpy()).max() < 1e-4


def test_a_training_that_was_stopped_goes_on(shards: Path, tmp_path: Path):
    plan = Plan(size="tiny", minutes=10, batch=4, every_s=0.0)
    first = Training(plan, shards, tmp_path / "run")
    before = [first.step() for _ in range(3)]
    again = Training(plan, shards, tmp_path / "run")
    assert again.progress.step == 3
    assert again.progress.spent_s == pytest.approx(first.progress.spent_s)
    for one, two in zip(first.network.state_dict().values(), again.network.state_dict().values(), strict=True):
        assert torch.equal(one, two)
    assert all(np.isfinite(list(parts.values())).all() for parts in [*before, again.step()])


def test_a_training_killed_at_any_time_leaves_a_whole_checkpoint(shards: Path, tmp_path: Path):
    program = (
        "from pathlib import Path; from models.spine.train import Plan, Training\n"
        f"t = Training(Plan(size='tiny', minutes=10, batch=4, every_s=0.0), Path({str(shards)!r}), "
        f"Path({str(tmp_path / 'run')!r}))\n"
        "while True:\n    t.step(); print(t.progress.step, flush=True)\n"
    )
    child = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    for line in child.stdout:
        if int(line) == 3:
            os.kill(child.pid, signal.SIGKILL)
            break
    child.wait()
    child.stdout.close()
    assert Training(Plan(size="tiny", minutes=10, batch=4), shards, tmp_path / "run").progress.step >= 2


def test_a_damaged_checkpoint_and_another_size_are_refused(shards: Path, tmp_path: Path):
    run = tmp_path / "run"
    run.mkdir()
    (run / "checkpoint.pt").write_bytes(b"nothing")
    with pytest.raises(ModelError, match="delete it and train again"):
        averaged(run / "checkpoint.pt")
    (run / "checkpoint.pt").unlink()
    Training(Plan(size="tiny", minutes=1, batch=4), shards, run).save()
    with pytest.raises(ModelError, match="name another --run"):
        Training(Plan(size="small", minutes=1, batch=4), shards, run)


def test_how_a_training_began_is_kept_from_checkpoint_to_checkpoint_and_stands_in_the_card(
    shards: Path, tmp_path: Path
):
    plan = Plan(size="tiny", minutes=10, batch=4)
    first = Training(plan, shards, tmp_path / "first")
    first.step()
    first.save()
    start_wider(tmp_path / "first", plan, tmp_path / "run")
    for _ in range(2):
        training = Training(plan, shards, tmp_path / "run")
        training.step()
        training.save()
    answers = {name: np.zeros(64) for name in PLACES}
    card = _card(load(tmp_path / "run" / "checkpoint.pt"), answers, 1)
    assert "begun as the network tiny after 4 pictures (tiny), 8 pictures shown" in card
    assert "trained from nothing (tiny), 4 pictures" in _card(load(tmp_path / "first" / "checkpoint.pt"), answers, 1)


def test_no_pictures_is_said(tmp_path: Path):
    with pytest.raises(PictureError, match="render first"):
        Library(tmp_path)


def test_the_curve_head_is_taught_alone_and_kept(shards: Path, tmp_path: Path):
    training = Training(Plan(size="tiny", minutes=1, batch=4), shards, tmp_path / "run")
    training.step()
    training.save()
    before = averaged(tmp_path / "run" / "checkpoint.pt").state_dict()
    heard: list[float] = []
    second_stage(tmp_path / "run", training.pictures, lambda _epoch, loss: heard.append(loss))
    after = averaged(tmp_path / "run" / "checkpoint.pt").state_dict()
    changed = {name for name in after if not torch.equal(before[name], after[name])}
    assert changed
    assert all(name.startswith("curve.") for name in changed)
    assert len(heard) == EPOCHS


def test_only_backs_of_people_who_stand_teach_the_curve(pictures: list[Picture]):
    front, bent, unknown = (
        Picture(one.jpeg, one.points, one.visible, one.mask, curve, {**one.about, **about})
        for one, curve, about in (
            (pictures[0], 1.0, {"view": "front"}),
            (pictures[1], 1.0, {"bend_deg": 40.0}),
            (pictures[2], float("nan"), {}),
        )
    )
    assert standing([front, bent, unknown, pictures[3]], "back") == [pictures[3]]


def test_a_tilt_is_punished_and_a_shift_of_everything_is_not(pictures: list[Picture]) -> None:
    _, wanted = batch_of([example(one, None) for one in pictures])
    tilted = wanted.points.clone()
    tilted[:, [5, 6], 1] += torch.tensor([-2.0, 2.0])
    exact, moved, turned = (
        losses(answering(points), wanted)["uneven"] for points in (wanted.points, wanted.points + 3.0, tilted)
    )
    assert float(moved) == pytest.approx(float(exact), abs=2e-3)
    assert float(turned) > float(exact) + 0.01


def test_what_reads_an_unknown_point_is_not_learnt(pictures: list[Picture]) -> None:
    _, wanted = batch_of([example(one, None) for one in pictures])
    tilted = wanted.points.clone()
    tilted[:, [5, 6], 1] += torch.tensor([-9.0, 9.0])
    wanted.known[:, [5, 6]] = 0.0
    known = losses(answering(wanted.points), wanted)["uneven"]
    assert float(losses(answering(tilted), wanted)["uneven"]) == pytest.approx(float(known), abs=2e-3)
