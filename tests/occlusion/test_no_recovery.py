from edge.occlusion.none import NoRecovery
from edge.pose.landmarks import Joint
from tests.people import standing


def test_without_a_network_nothing_is_recovered_and_nothing_changed():
    landmarks = standing(hidden=(Joint.LEFT_SHOULDER,))
    recovered = NoRecovery().recover(landmarks)
    assert recovered is landmarks
    assert not recovered.recovered.any()
    assert not recovered.known[Joint.LEFT_SHOULDER]
