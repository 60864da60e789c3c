"""The 193 features by name: 99 coordinates, 33 visibilities, 61 derived (25 of the moment, 36 of the last seconds)."""

from edge.pose.landmarks import Joint
from edge.risk.derived import DERIVED
from edge.risk.swing import NAMES as SWING

COORDINATES = tuple(f"{joint.name.lower()}_{axis}" for joint in Joint for axis in "xyz")
"""Body lengths from mid-hip; x to the person's left, y down, z backwards."""
VISIBILITIES = tuple(f"{joint.name.lower()}_visibility" for joint in Joint)
"""The network's certainty, 0 to 1; 0 for a joint that was taken out."""
NAMES = COORDINATES + VISIBILITIES + DERIVED + SWING
FEATURES = len(NAMES)
