"""Needs torch, which only the workshop has."""

import numpy as np
import onnxruntime
import pytest

torch = pytest.importorskip("torch")

from edge.occlusion.known_answer import question  # noqa: E402
from edge.occlusion.window import OUTPUTS, SAMPLES, Window, encode  # noqa: E402
from models.occlusion.batches import batch, pose_batch, pose_pool, trunks_px  # noqa: E402
from models.occlusion.calibrate import calibrate  # noqa: E402
from models.occlusion.camera import MIRRORED  # noqa: E402
from models.occlusion.graph import build_graph  # noqa: E402
from models.occlusion.library import joined  # noqa: E402
from models.occlusion.losses import consistency, loss  # noqa: E402
from models.occlusion.network import PARENT, PARTS, Network, both_ways, mirrored  # noqa: E402
from models.occlusion.puppet import puppet_clips  # noqa: E402
from models.occlusion.train import Plan, Run, step, train  # noqa: E402


@pytest.fixture(scope="module")
def sources():
    return {"puppet": (joined(list(puppet_clips(12, 3))), 1.0)}


@pytest.fixture
def network():
    torch.manual_seed(0)
    made = Network().eval()
    with torch.no_grad():
        for weights in made.parameters():
            weights.add_(0.05 * torch.randn_like(weights))
    return made


def inputs():
    return {name: torch.from_numpy(values) for name, values in question().items()}


def test_every_token_attends_to_every_other(network):
    asked = inputs()
    asked["tokens"].requires_grad_(True)
    network(asked).position.sum().backward()
    reached = asked["tokens"].grad.abs().sum(dim=-1)[0]
    assert (reached > 0).all()
    assert reached.shape == (SAMPLES, 33)


def test_there_are_208_tokens(network):
    asked = inputs()
    seen_at = torch.cat([asked["tokens"], torch.zeros(1, SAMPLES, 33, 4)], dim=-1)
    assert network._tokens(seen_at, asked["tokens"]).shape == (1, SAMPLES * PARTS, 64)


def test_a_hidden_joint_gets_the_learned_mask_token(network):
    asked = inputs()
    before = network(asked).position
    with torch.no_grad():
        # Not the same everywhere: a layer norm takes that out again.
        network.mask.add_(torch.randn_like(network.mask))
    assert (network(asked).position - before).abs().max() > 1e-4


def test_onnx_says_what_torch_says(network):
    with torch.no_grad():
        network.calibration.copy_(torch.linspace(-1.0, 1.0, SAMPLES + 1))
        answer = both_ways(network, inputs())
    graph = build_graph({k: v.numpy() for k, v in network.state_dict().items()}, network.sizes.heads, PARENT)
    session = onnxruntime.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    position, log_sd, features = session.run(list(OUTPUTS), question())
    np.testing.assert_allclose(position, answer.position[:, 0], atol=1e-5)
    np.testing.assert_allclose(log_sd, answer.log_sd[:, 0], atol=1e-5)
    np.testing.assert_allclose(features, answer.features, atol=1e-5)


def test_a_mirrored_window_is_the_window_of_the_mirrored_person():
    seen = np.random.default_rng(0).random((1, SAMPLES, 33)) < 0.8
    xy = np.random.default_rng(1).normal(300.0, 80.0, (1, SAMPLES, 33, 2))
    score = np.random.default_rng(2).random((1, SAMPLES, 33))
    plain = encode(Window(xy, score, seen)).inputs
    turned = xy[:, :, MIRRORED] * np.array([-1.0, 1.0])
    other = encode(Window(turned, score[:, :, MIRRORED], seen[:, :, MIRRORED])).inputs
    for name, found in mirrored({k: torch.from_numpy(v) for k, v in plain.items()}).items():
        np.testing.assert_allclose(found, other[name], atol=1e-4)


def test_a_mirrored_person_is_told_the_mirrored_answer(network):
    with torch.no_grad():
        one, other = both_ways(network, inputs()), both_ways(network, mirrored(inputs()))
        alone, alone_mirrored = network(inputs()), network(mirrored(inputs()))
    sign = torch.tensor([-1.0, 1.0])
    torch.testing.assert_close(other.position[:, :, MIRRORED] * sign, one.position)
    torch.testing.assert_close(other.log_sd[:, :, MIRRORED], one.log_sd)
    assert (alone_mirrored.position[:, :, MIRRORED] * sign - alone.position).abs().max() > 1e-2


def test_a_batch_asks_for_hidden_joints_only(sources):
    drawn = batch(sources, 16, 2, np.random.default_rng(0))
    hidden = drawn.encoded.inputs["tokens"][..., 4] == 1.0
    assert (drawn.weight[~hidden] == 0.0).all()
    assert (drawn.weight > 0).any()


def test_errors_count_in_lengths_of_the_trunk(sources):
    drawn = batch(sources, 16, 2, np.random.default_rng(0))
    spread, centre = drawn.encoded.spread_px[:, None, None, None], drawn.encoded.centre_px[:, None, None]
    xy = drawn.target * spread + centre
    trunk = np.linalg.norm(xy[:, :, [11, 12]].mean(axis=2) - xy[:, :, [23, 24]].mean(axis=2), axis=-1)
    np.testing.assert_allclose(trunks_px(xy), np.percentile(trunk, 90, axis=1))
    np.testing.assert_allclose(drawn.unit, np.clip(drawn.encoded.spread_px / trunks_px(xy), 0.3, 3.0), rtol=1e-3)


def test_views_of_one_clip_show_the_same_person_hidden_differently(sources):
    drawn = batch(sources, 16, 2, np.random.default_rng(0))
    spread, centre = drawn.encoded.spread_px[:, None, None, None], drawn.encoded.centre_px[:, None, None]
    places = (drawn.target * spread + centre).reshape(8, 2, -1)
    np.testing.assert_allclose(places[:, 0], places[:, 1], atol=0.1)
    hidden = drawn.encoded.inputs["tokens"][..., 4].reshape(8, 2, -1)
    assert (hidden[:, 0] != hidden[:, 1]).any(axis=1).mean() > 0.7


def test_views_that_agree_cost_nothing_and_views_that_differ_do(sources, network):
    drawn = batch(sources, 8, 2, np.random.default_rng(0))
    with torch.no_grad():
        answer = network({k: torch.from_numpy(v) for k, v in drawn.encoded.inputs.items()}, SAMPLES)
    frame = torch.from_numpy(drawn.encoded.centre_px).float(), torch.from_numpy(drawn.encoded.spread_px).float()
    weight, truth = torch.from_numpy(drawn.weight), torch.from_numpy(drawn.target)
    apart = consistency(answer, frame, weight, 2)
    agreed = consistency(type(answer)(truth, answer.log_sd, answer.completed, answer.features), frame, weight, 2)
    assert float(agreed) < 0.01
    assert float(apart) > 10 * float(agreed)


def test_the_truth_costs_less_than_anything_else(sources, network):
    drawn = batch(sources, 8, 1, np.random.default_rng(0))
    asked = {k: torch.from_numpy(v) for k, v in drawn.encoded.inputs.items()}
    with torch.no_grad():
        answer = network(asked, 4)
    truth = torch.from_numpy(drawn.target)
    parts = truth, torch.from_numpy(drawn.weight), torch.from_numpy(drawn.known), asked["poses"][..., 2]
    right = type(answer)(truth[:, -4:], answer.log_sd, truth, answer.features)
    assert float(loss(right, *parts)[1]) < 0.01 < float(loss(answer, *parts)[1])


def test_poses_learn_from_what_is_hidden(sources):
    rng = np.random.default_rng(0)
    poses, target, weight = pose_batch(pose_pool(sources, rng, windows=40), 64, rng)
    assert poses.shape == (64, 33, 3)
    assert (weight[poses[..., 2] == 1.0] == 0.0).all()
    assert np.isfinite(target).all()


def test_steps_make_the_error_smaller(sources):
    plan = Plan(windows=16)
    run = Run.new(Network().sizes, plan)
    drawn = batch(sources, 16, 2, np.random.default_rng(0))
    errors = [step(run, drawn, 2) for _ in range(25)]
    assert np.mean(errors[-3:]) < 0.9 * errors[0]


def test_training_goes_on_where_it_was_stopped(sources, tmp_path):
    plan = Plan(minutes=60.0, cpu_minutes=0.01, windows=4)
    run = Run.new(Network().sizes, plan)
    train(run, sources, plan, tmp_path, lambda done, text: None)
    kept = Run.resumed(tmp_path / "checkpoint.pt", plan)
    assert kept.steps == run.steps > 0
    for name, value in run.network.state_dict().items():
        torch.testing.assert_close(kept.network.state_dict()[name], value)
    longer = Plan(minutes=60.0, cpu_minutes=0.02, windows=4)
    train(kept, sources, longer, tmp_path, lambda done, text: None)
    assert kept.steps > run.steps


def test_a_run_after_another_starts_with_its_averaged_weights_and_owns_up_to_it(sources, tmp_path):
    plan = Plan(minutes=60.0, cpu_minutes=0.01, windows=4)
    run = Run.new(Network().sizes, plan)
    train(run, sources, plan, tmp_path, lambda done, text: None)
    following = Run.after(tmp_path / "checkpoint.pt", run.network.sizes, plan)
    for name, value in run.averaged().state_dict().items():
        torch.testing.assert_close(following.network.state_dict()[name], value)
    assert following.steps == 0
    assert following.earlier == (run.steps, run.cpu_s)
    train(following, sources, plan, tmp_path, lambda done, text: None)
    assert Run.resumed(tmp_path / "checkpoint.pt", plan).earlier == (run.steps, run.cpu_s)


def test_calibrating_changes_what_is_doubted_not_where_joints_are(sources, network):
    before = network(inputs())
    calibrate(network, sources, 300, np.random.default_rng(0))
    after = network(inputs())
    torch.testing.assert_close(after.position, before.position)
    assert (after.log_sd - before.log_sd).abs().max() > 1e-3


def test_a_calibrated_uncertainty_covers_two_thirds(sources, network):
    calibrate(network, sources, 300, np.random.default_rng(0))
    drawn = batch(sources, 300, 1, np.random.default_rng(1))
    with torch.no_grad():
        answer = both_ways(network, {k: torch.from_numpy(v) for k, v in drawn.encoded.inputs.items()})
    off = np.abs(answer.position[:, 0].numpy() - drawn.target[:, -1])
    inside = off <= np.exp(answer.log_sd[:, 0].numpy())[..., None]
    assert 0.6 < inside[drawn.weight[:, -1] > 0].mean() < 0.76
