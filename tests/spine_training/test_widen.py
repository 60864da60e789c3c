import os
import socket
import subprocess
import sys
from dataclasses import replace
from subprocess import PIPE, STDOUT

import pytest

torch = pytest.importorskip("torch", exc_type=ImportError)

from edge.errors import ModelError  # noqa: E402
from models.spine.network import SIZES, Size, SpineNetwork  # noqa: E402
from models.spine.train import FORMAT, Plan, load, save  # noqa: E402
from models.spine.widen import start_wider, widened  # noqa: E402

TINY, WIDER = SIZES["tiny"], Size("wider", (20, 20, 28, 28), 2, 1)


def some_network():
    torch.manual_seed(3)
    network = SpineNetwork(TINY)
    network.train()(torch.rand(2, 3, 256, 192))  # so that the normalisations have seen something
    return network.eval()


def test_a_wider_network_answers_as_the_narrow_one():
    narrow = some_network()
    wide = SpineNetwork(WIDER)
    wide.load_state_dict(widened(narrow.state_dict(), TINY, WIDER, 5))
    image = torch.rand(2, 3, 256, 192)
    with torch.no_grad():
        expected, found = narrow(image), wide.eval()(image)
    for name in ("points", "log_sd", "visible", "curve"):
        torch.testing.assert_close(getattr(found, name), getattr(expected, name), atol=2e-3, rtol=1e-3)


def test_the_copies_of_a_channel_do_not_say_the_same():
    wide = widened(some_network().state_dict(), TINY, WIDER, 5)
    weight = wide["heads.0.weight"][:, :, 0, 0]
    pairs = [(a, b) for a in range(20) for b in range(8, 20) if a < b and torch.allclose(
        weight[:, a] * weight[:, b].norm(), weight[:, b] * weight[:, a].norm(), atol=1e-5)]  # fmt: skip
    assert len(pairs) >= 12
    assert not any(torch.allclose(weight[:, a], weight[:, b]) for a, b in pairs)


def test_a_network_is_not_made_narrower_or_deeper():
    state = some_network().state_dict()
    for size in (
        replace(WIDER, deep=2),
        replace(WIDER, widths=(4, 20, 28, 28)),
        replace(WIDER, widths=(20, 4, 28, 28)),
    ):
        with pytest.raises(ModelError, match="without --after"):
            widened(state, TINY, size)


def test_a_run_begins_with_the_weights_of_another_but_one_that_has_begun_goes_on(tmp_path):
    network = some_network().state_dict()
    state = {"format": FORMAT, "plan": {"size": "tiny"}, "average": network, "progress": {"pictures": 77}}
    save(state, tmp_path / "small" / "checkpoint.pt")
    plan = Plan(size="tiny")
    start_wider(tmp_path / "small", plan, tmp_path / "run")
    begun = load(tmp_path / "run" / "checkpoint.pt")
    assert (begun["plan"]["size"], begun["progress"]["step"]) == ("tiny", 0)
    assert begun["begun"] == "begun as the network tiny after 77 pictures"
    assert torch.equal(begun["network"]["heads.0.weight"], network["heads.0.weight"])
    assert torch.equal(begun["average"]["heads.0.weight"], network["heads.0.weight"])
    again = {"format": FORMAT, "plan": {"size": "tiny"}, "mine": 1}
    save(again, tmp_path / "run" / "checkpoint.pt")
    start_wider(tmp_path / "small", plan, tmp_path / "run")
    assert load(tmp_path / "run" / "checkpoint.pt")["mine"] == 1


def broken(**changes):
    whole = {"format": FORMAT, "plan": {"size": "tiny"}, "average": {}, "progress": {"pictures": 7}}
    return {name: value for name, value in (whole | changes).items() if value is not None}


def test_without_a_run_to_start_from_the_message_names_the_file(tmp_path):
    with pytest.raises(ModelError, match=r"checkpoint\.pt: no checkpoint there, name the folder of a training"):
        start_wider(tmp_path / "none", Plan(), tmp_path / "run")


@pytest.mark.parametrize(
    ("state", "size", "words"),
    [
        (broken(plan={"size": "huge"}), "tiny", "no network of the size 'huge'"),
        (broken(), "vast", "no network of the size 'vast': --size small or base"),
        (broken(average=None), "tiny", "not as a training leaves it"),
        (broken(progress=None), "tiny", "not as a training leaves it"),
        (broken(average={"heads.0.weight": torch.zeros(75, 9, 1, 1)}), "tiny", "not as a training leaves it"),
    ],
)
def test_a_checkpoint_that_cannot_be_begun_with_is_said_in_a_sentence(tmp_path, state, size, words):
    save(state, tmp_path / "small" / "checkpoint.pt")
    with pytest.raises(ModelError, match=words):
        start_wider(tmp_path / "small", Plan(size=size), tmp_path / "run")
    assert not (tmp_path / "run" / "checkpoint.pt").exists()


def test_it_is_kept_whether_a_network_was_widened(tmp_path):
    average = SpineNetwork(SIZES["small"]).state_dict()
    state = {"format": FORMAT, "plan": {"size": "small"}, "average": average, "progress": {"pictures": 5}}
    save(state, tmp_path / "small" / "checkpoint.pt")
    start_wider(tmp_path / "small", Plan(size="base"), tmp_path / "wide")
    begun = load(tmp_path / "wide" / "checkpoint.pt")["begun"]
    assert begun == "begun as the network small after 5 pictures, widened"


def test_two_processes_begin_with_one_checkpoint_and_stop_with_the_same_words(tmp_path):
    state = {"format": FORMAT, "plan": {"size": "tiny"}, "average": some_network().state_dict()}
    state["progress"] = {"pictures": 77}
    save(state, tmp_path / "small" / "checkpoint.pt")
    program = (
        "import sys; from pathlib import Path; from models.spine.train import Plan, load;"
        "from models.spine.widen import start_wider; run = Path(sys.argv[2]);"
        "start_wider(Path(sys.argv[1]), Plan(size='tiny'), run); print(load(run / 'checkpoint.pt')['begun'])"
    )
    for start, code, words in (("small", 0, "after 77 pictures"), ("none", 1, "no checkpoint there")):
        shared = {
            "WORLD_SIZE": "2",
            "MASTER_ADDR": "127.0.0.1",
            "MASTER_PORT": str(free_port()),
            "OMP_NUM_THREADS": "1",
        }
        command = [sys.executable, "-c", program, str(tmp_path / start), str(tmp_path / f"run_{start}")]
        both = [
            subprocess.Popen(command, env=os.environ | shared | {"RANK": rank}, stdout=PIPE, stderr=STDOUT, text=True)
            for rank in "01"
        ]
        said = [process.communicate(timeout=120)[0] for process in both]
        assert [process.returncode for process in both] == [code, code], said
        assert all(words in one for one in said), said


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
