"""Everything the station says, in English: one clear, friendly sentence for each code, and a second line how or why."""

from edge.guidance.fault import Fault
from edge.guidance.guidance import Guidance, Level
from edge.guidance.task_texts import TASK_TEXTS
from edge.guidance.text import Text

_POSITION = {
    "nobody": Text("Please step onto the mat.", "The camera sees nobody yet.", Level.IDLE),
    "two_people": Text("One person at a time, please.", "Please ask everybody else to step aside.", Level.STOP),
    "step_back": Text("Take a step back.", "Your head and both feet have to be in the picture.", Level.ADJUST),
    "move_into_picture": Text("Move to the middle of the mat.", "A part of you is outside the picture.", Level.ADJUST),
    "step_closer": Text(
        "Come a step closer.", "You are small in the picture: about {px_per_m} pixels per metre.", Level.ADJUST
    ),
    "picture_too_small": Text(
        "This picture is too small to measure on.",
        "About {px_per_m} pixels per metre: shoulder tilt would be uncertain by ±{tilt_deg}°. Use a finer camera.",
        Level.STOP,
    ),
    "picture_turned": Text(
        "The picture is turned: people lie in it.",
        "Set camera.rotation_deg to 0, 90, 180 or 270 so that they stand.",
        Level.STOP,
    ),
    "low_resolution": Text(
        "You can be measured, but not as finely as usual.",
        "About {px_per_m} pixels per metre: shoulder tilt is uncertain by ±{tilt_deg}°. Turn the camera upright.",
        Level.READY,
    ),
    "on_the_marks": Text(
        "Stand on the marks on the floor.", "At this place the station cannot tell your size.", Level.ADJUST
    ),
    "turn_around": Text("Turn around, please.", "The camera has to see your back.", Level.ADJUST),
    "turn_back_to_camera": Text("Turn your back to the camera.", "The camera sees you from the side.", Level.ADJUST),
    "face_camera": Text("Face the camera, please.", "The camera has to see you from the front.", Level.ADJUST),
    "turn_left": Text("Turn a little to your left.", "Stand square to the camera.", Level.ADJUST),
    "turn_right": Text("Turn a little to your right.", "Stand square to the camera.", Level.ADJUST),
    "move_left": Text("Move a little to your left.", "Stand in the middle of the mat.", Level.ADJUST),
    "move_right": Text("Move a little to your right.", "Stand in the middle of the mat.", Level.ADJUST),
    "arms_down": Text("Let your arms hang down.", "Loose at your sides, both hands in sight.", Level.ADJUST),
    "stand_upright": Text("Stand up straight, knees stretched.", "Both feet on the marks.", Level.ADJUST),
    "stand_still": Text("Stand still.", "Look straight ahead and breathe calmly.", Level.ADJUST),
    "sides_unclear": Text("Stand square and still.", "Left and right cannot be told apart yet.", Level.ADJUST),
    "not_seen": Text(
        "Something covers you.", "Not seen: {joints}. Please move hair, bag or jacket away.", Level.ADJUST
    ),
}

_SESSION = {
    "welcome": Text("Welcome! Step onto the mat when you are ready.", "Your back to the camera.", Level.IDLE),
    "welcome_front": Text("Welcome! Step onto the mat when you are ready.", "Facing the camera.", Level.IDLE),
    "press_to_start": Text("Welcome! Press the button to start.", "Then step onto the mat.", Level.IDLE),
    "step_off_when_done": Text("Thank you, you may step off the mat.", "The next person may come then.", Level.IDLE),
    "hold": Text("Very good, stay like this.", "Measuring starts in a moment.", Level.READY),
    "measuring": Text("Stand still.", "Measuring, breathe calmly.", Level.READY),
    "step_off": Text("Step off, march on the spot, step on again.", "Then stand as before.", Level.READY),
    "once_more": Text("Once more, please: step off and on again.", "{why}", Level.ADJUST),
    "person_left": Text("Please come back onto the mat.", "This part will be repeated.", Level.STOP),
    "pause_two_people": Text("Pause: one person at a time, please.", "This part will be repeated.", Level.STOP),
    "pause_vision": Text("One moment, please.", "The camera's picture is missing; this part is repeated.", Level.STOP),
    "result_within": Text(
        "No asymmetry found beyond this station's measuring limits.", "This does not exclude scoliosis.", Level.READY
    ),
    "result_some": Text(
        "Left and right differ in some measures.",
        "Many people differ a little. If in doubt, have a nurse check with a scoliometer.",
        Level.ADJUST,
    ),
    "result_three_signs": Text(
        "Please have a nurse check with a scoliometer.",
        "Several measures differ between left and right. Most children who are checked need no treatment.",
        Level.ADJUST,
    ),
    "result_not_measurable": Text("We could not measure well today.", "{why}", Level.STOP),
    "result_voided": Text("The measurement was stopped; there is no result.", "{why}", Level.STOP),
}

_TROUBLE = {
    "camera_lost": Text("The camera does not answer.", "Check its cable; measuring goes on by itself.", Level.STOP),
    "camera_setup": Text(
        "The camera cannot be used as it is set up.", "The line at the top says what has to be changed.", Level.STOP
    ),
    "camera_frozen": Text("The camera's picture stands still.", "Check the camera; it is being restarted.", Level.STOP),
    "camera_dark": Text("It is too dark.", "Open the shutter or switch on the light.", Level.STOP),
    "camera_bright": Text("It is too bright.", "Shade the window or lamp that shines into the camera.", Level.STOP),
    "recording_ended": Text("The recording has ended.", "Choose another recording or a camera.", Level.IDLE),
    "store_failed": Text(
        "Results cannot be stored.", "Free some space or check the state folder before the next person.", Level.STOP
    ),
    "model_untrusted": Text(
        "A network's file was changed or is missing.", "Build it again: python -m models.build", Level.STOP
    ),
    "vision_starting": Text("The station is starting.", "It takes a few seconds.", Level.IDLE),
    "vision_restarting": Text("One moment, the camera is being restarted.", "It takes a few seconds.", Level.STOP),
}

TEXTS: dict[str, Text] = {**_POSITION, **_SESSION, **_TROUBLE, **TASK_TEXTS}
"""Code -> what is said."""


def say(code: str, **values: str) -> Guidance:
    """
    The guidance for a code.

    >>> say("step_closer", px_per_m="250").detail
    'You are small in the picture: about 250 pixels per metre.'
    """
    text = TEXTS[code]
    return Guidance(code, text.text.format(**values), text.detail.format(**values), text.level)


def say_fault(fault: Fault) -> Guidance:
    """The guidance for a fault."""
    return say(fault.code, **dict(fault.values))
