"""From a frame and the person's landmarks to finer joints, and to the points of spine and back."""

import numpy as np
from numpy.typing import NDArray

from edge.camera.frame import Frame
from edge.engine.engine import Engine
from edge.pose.facing import facing_of
from edge.pose.joined_trunk import joined_trunk
from edge.pose.landmarks import COUNT, MIN_SCORE, Joint, Landmarks
from edge.pose.silhouette import Silhouette
from edge.pose.spine_answer import SpineAnswer, mean_answer, read_answer
from edge.pose.spine_crop import TORSO_WIDER, Box, body_box, box_about, cut_upright, person_in, to_tensor, torso_box
from edge.pose.spine_gate import refusal
from edge.pose.spine_layout import JOINTS, TRUNK, TRUNK_IDS
from edge.pose.spine_mirror import Mirrored
from edge.pose.spine_reading import SpineReading

LEGS = frozenset(
    Joint[f"{side}_{part}"] for side in ("LEFT", "RIGHT") for part in ("KNEE", "ANKLE", "HEEL", "FOOT_INDEX")
)
"""What the crop of the whole body is looked at for; all else is read from the torso."""

WRISTS = tuple(
    number for wrist in (Joint.LEFT_WRIST, Joint.RIGHT_WRIST) for number, one in JOINTS.items() if one is wrist
)
"""Numbers of the left and the right one."""

LEAST_SHARED = 0.5
"""The box a first look proposes is believed when it and the box that was looked at have so much in common."""

SURE_PX = 5.0
"""
And when it is sure of what the box is drawn about: crop pixels of standard deviation. Of 60 rendered backs, boxes off
by a tenth, the least sure stated 3.4; in photographs of sport it seldom states less than 4, and errs.
"""

NO_TRUNK = "shoulders or hips not seen"


class SpineEstimator:
    """
    Looks at a person a second time, closer, with the network that reads spines.

        reading = SpineEstimator.in_takes(engine).estimate(frame, landmarks)
    """

    def __init__(self, engine: Engine, first: Engine | None = None, *, in_turn: bool = False) -> None:
        """
        Args:
            engine: `image` (1, 3, 256, 192) RGB 0 to 1 -> `points`, `log_sd`, `visible`, `curve`; see `read_answer`.
            first: the same; looks once for where exactly the torso is, so that the reading hardly moves with
                the landmarks' box. None: their box is taken.
            in_turn: with a silhouette, look at the person alone in every second frame and at the whole crop in the
                others, which a median over a take brings together; False: both in each, in twice the time.
        """
        self._engine, self._first, self._in_turn = engine, first, in_turn

    @classmethod
    def in_takes(cls, engine: Engine, *, live: bool = False) -> "SpineEstimator":
        """
        As takes are read: a look for where exactly the torso is, then the mean of that box and its mirror image.

        Args:
            engine: of the spine network.
            live: frames do not wait: with a silhouette, what is around the person is seen in every second one.
        """
        return cls(Mirrored(engine), engine, in_turn=live)

    @property
    def description(self) -> str:
        """What runs where."""
        return self._engine.description

    def estimate(
        self, frame: Frame, landmarks: Landmarks, silhouette: Silhouette | None = None, *, legs: bool = False
    ) -> SpineReading:
        """
        Read one frame; a reading that cannot be true is refused with its reason.

        Args:
            frame: the frame the landmarks were found in.
            landmarks: of the person.
            silhouette: of the person; what lies outside it is greyed out before the network looks once more. None: it
                looks at the crop as it is.
            legs: look at the whole body too, and read the legs there.

        Raises:
            ModelError: the network fails.
        """
        box = torso_box(landmarks)
        if box is None:
            return SpineReading(None, None, None, NO_TRUNK)
        torso = self.torso(frame, box, silhouette)
        why = refusal(torso, landmarks)
        if why is not None:
            return SpineReading(None, None, None, why)
        answers = [(torso, frozenset(JOINTS.values()) - LEGS)]
        whole = body_box(landmarks) if legs else None
        if whole is not None:
            answers.append((self._look(frame, whole, silhouette), LEGS))
        return SpineReading(finer(landmarks, answers), torso.spine_points(landmarks.time_s), torso.trend)

    def torso(self, frame: Frame, box: Box, silhouette: Silhouette | None) -> SpineAnswer:
        """
        What the network says about the torso in a box, whatever it is worth.

        With a silhouette it is asked about the person alone and about the whole crop: an outline that is drawn a little
        differently moves the first answer, what stands around the person the second, and the mean moves least.

        Raises:
            ModelError: the network fails.
        """
        silhouette = None if self._in_turn and frame.index % 2 == 0 else silhouette
        if self._first is not None:
            seen = self._look(frame, box, silhouette, self._first)
            own = box_about(seen.held_px, TORSO_WIDER) if seen.held_sd <= SURE_PX else None
            box = own if own is not None and own.shared(box) >= LEAST_SHARED else box
        if silhouette is None or self._in_turn:
            return self._look(frame, box, silhouette)
        return mean_answer(self._look(frame, box, silhouette), self._look(frame, box, None))

    def facing(self, frame: Frame, landmarks: Landmarks) -> int:
        """
        Which side the person shows, whatever the landmarks take it for; see `Arbiter`.

        Args:
            frame: the frame the landmarks were found in.
            landmarks: of the person; only where the trunk is matters.

        Raises:
            ModelError: the network fails.
        """
        box = torso_box(landmarks)
        return 0 if box is None else facing_of(self._look(frame, box, None))

    def wrists(self, frame: Frame, landmarks: Landmarks) -> NDArray[np.float64] | None:
        """
        Where the wrists are; see `Arbiter`. Arguments as for `facing`.

        Raises:
            ModelError: the network fails.
        """
        box = body_box(landmarks)
        if box is None:
            return None
        answer = self._look(frame, box, None)
        seen = answer.score[list(WRISTS), None] >= MIN_SCORE
        return np.where(seen, answer.xy_px[list(WRISTS)], np.nan)

    def _look(self, frame: Frame, box: Box, silhouette: Silhouette | None, engine: Engine | None = None) -> SpineAnswer:
        person = None if silhouette is None else person_in(silhouette, box)
        outputs = (engine or self._engine).run({"image": to_tensor(cut_upright(frame.image, box), person)})
        return read_answer(outputs, box)


def finer(landmarks: Landmarks, answers: list[tuple[SpineAnswer, frozenset[Joint]]]) -> Landmarks:
    """
    Put the finer network's joints in the place of the old ones, left and right together or not at all: the two
    networks define shoulders and hips differently, and a line between one of each would be tilted. What both know of
    shoulders and hips is joined; see `joined_trunk`.

    Args:
        landmarks: of the same person and frame.
        answers: what was read, and the joints to take from it.

    Returns:
        Where nothing finer is known the old joint stays, with NaN for its standard deviation.
    """
    xyz_px, score, recovered = landmarks.xyz_px.copy(), landmarks.score.copy(), landmarks.recovered.copy()
    sd_px = np.full(COUNT, np.nan, np.float32)
    for answer, wanted in answers:
        xy_px, answer_sd_px = answer.xy_px, answer.sd_px
        if wanted.issuperset(TRUNK):
            xy_px[TRUNK_IDS], answer_sd_px[TRUNK_IDS] = joined_trunk(answer, landmarks)
        for number, joint in JOINTS.items():
            if joint in wanted and _known(answer, joint):
                xyz_px[joint, :2], score[joint] = xy_px[number], answer.score[number]
                recovered[joint], sd_px[joint] = False, answer_sd_px[number]
    return Landmarks(xyz_px, landmarks.world_m, score, recovered, landmarks.time_s, sd_px)


def read_finely(landmarks: Landmarks) -> NDArray[np.bool_]:
    """(33,) bool, True where the finer network read the joint."""
    if landmarks.sd_px is None:
        return np.zeros(COUNT, np.bool_)
    return np.asarray(np.isfinite(landmarks.sd_px), np.bool_)


def _known(answer: SpineAnswer, joint: Joint) -> bool:
    """Whether a joint and the one on the other side are seen in the crop."""
    return all(answer.score[number] >= MIN_SCORE for number, one in JOINTS.items() if one in (joint, _other(joint)))


def _other(joint: Joint) -> Joint:
    """The same joint on the other side; the nose is its own."""
    if joint.name.startswith("LEFT_"):
        return Joint[joint.name.replace("LEFT_", "RIGHT_")]
    return Joint[joint.name.replace("RIGHT_", "LEFT_")]
