import pytest

from edge.errors import ConfigError
from models.occlusion.bench import HERE, left_out_rows


def test_only_what_trains_can_be_left_out(tmp_path):
    with pytest.raises(ConfigError, match="penn is none of the recordings that train: cmu, stoop"):
        left_out_rows(tmp_path, HERE, "penn")


def test_without_the_recordings_nothing_is_said_of_a_source_left_out(tmp_path):
    with pytest.raises(ConfigError, match="--data names their folder"):
        left_out_rows(tmp_path, HERE, "cmu")
