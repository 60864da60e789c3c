from hypothesis import given
from hypothesis import strategies as st

from edge.camera.state import CameraState
from edge.ring.status import STATUS_BYTES, VisionStatus

beats = st.none() | st.floats(0, 1e9)
counts = st.integers(0, 2**40)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=70)


@given(
    st.builds(
        VisionStatus,
        running=st.booleans(),
        camera=st.sampled_from(CameraState),
        reason=texts,
        engine=texts,
        capture_beat_s=beats,
        pose_beat_s=beats,
        captured_s=beats,
        camera_hz=beats,
        frames_captured=counts,
        frames_lost=counts,
        frames_late=counts,
        frames_posed=counts,
    )
)
def test_what_is_packed_comes_out_again(status: VisionStatus):
    packed = status.pack()
    assert len(packed) == STATUS_BYTES
    assert VisionStatus.unpack(packed) == status


def test_a_text_that_is_too_long_loses_its_end_and_nothing_else():
    status = VisionStatus.unpack(VisionStatus(reason="é" * 500, engine="pose", frames_posed=7).pack())
    assert status.reason == "é" * 160
    assert (status.engine, status.frames_posed) == ("pose", 7)
    assert VisionStatus.unpack(VisionStatus(reason="x" + "é" * 500).pack()).reason == "x" + "é" * 159
