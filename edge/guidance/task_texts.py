"""What the station says during the movement tasks and about the scoliometer."""

from edge.guidance.guidance import Level
from edge.guidance.text import Text

TASK_TEXTS = {
    "task_touch_toes": Text(
        "Slowly touch your toes and come up, twice.",
        "Close-fitting clothes, palms together, knees stretched, head hanging. Stand still: it starts by itself.",
        Level.READY,
    ),
    "task_walk": Text(
        "Walk two metres away, turn round and come back.",
        "Again and again, at your own pace, arms loose. Stand still now: it starts by itself.",
        Level.READY,
    ),
    "task_jump": Text(
        "Jump up on the spot with both feet, three times.",
        "Land softly and stand still in between. Stand still now: it starts by itself.",
        Level.READY,
    ),
    "task_countdown": Text("Stand still.", "It begins in {seconds}.", Level.READY),
    "task_touch_toes_go": Text("Bend down slowly, and up again.", "{done} of {wanted}", Level.READY),
    "task_walk_go": Text("Walk away, turn and come back.", "{done} of {wanted} steps", Level.READY),
    "task_jump_go": Text("Jump!", "{done} of {wanted}", Level.READY),
    "task_whole_body": Text(
        "Please stay where the camera sees all of you.", "Head, hands and both feet in the picture.", Level.ADJUST
    ),
    "task_rating": Text(
        "Say how comfortable your back felt.",
        "0: it hurt very much. 100: it did not hurt at all. You may leave it out.",
        Level.READY,
    ),
    "scoliometer": Text(
        "Enter what the scoliometer shows.",
        "The {level} part of the back in the forward bend: whole degrees, and which side is up.",
        Level.READY,
    ),
    "scoliometer_over": Text("Thank you.", "", Level.READY),
    "result_hump": Text(
        "Please have a nurse check with a scoliometer.",
        "In the bend one side of the back looked a little higher. Most children who are checked need no treatment.",
        Level.ADJUST,
    ),
    "result_recheck": Text(
        "There is a small difference between left and right.",
        "Please have it checked again in 3 to 6 months.",
        Level.ADJUST,
    ),
    "result_examined": Text(
        "Please have your back examined by a doctor.",
        "Most children who are checked need no treatment.",
        Level.ADJUST,
    ),
}
"""Code -> what is said."""
