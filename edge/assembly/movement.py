"""The movement tasks that the settings ask for, with the network that judges them where one is named."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from edge.config import StationConfig
from edge.engine.artefact import load_artefact
from edge.errors import ConfigError
from edge.pose.body_view import BodyView
from edge.risk.movement_tracker import MovementTracker
from edge.risk.network import MovementNetwork, check_movement_answer, read_constants
from edge.session.summary import Network
from edge.session.tasks.index import MovementIndex, NoMovementIndex
from edge.session.tasks.plan import TaskKind, TaskPlan


@dataclass(frozen=True, slots=True)
class MovementParts:
    """
    What judges movements.

    Attributes:
        new_index: makes what judges one task.
        networks: what takes part, for the summary; empty without a network.
    """

    new_index: Callable[[], MovementIndex] = NoMovementIndex
    networks: tuple[Network, ...] = ()


def movement_parts(config: StationConfig) -> MovementParts:
    """
    Load the movement network that the settings name, if any, and ask it the question whose answer is known.

    Raises:
        ModelError: it is missing, altered, or gives a wrong answer.
    """
    path = Path(config.tasks.network)
    if not config.tasks.network:
        return MovementParts()
    from edge.engine.onnx import OnnxEngine

    artefact = load_artefact(path.parent, path.name)
    network = MovementNetwork(OnnxEngine(artefact, 1), read_constants(artefact), artefact)
    check_movement_answer(network, artefact)
    used = Network(name=artefact.name, sha256=artefact.sha256, engine=network.description)
    return MovementParts(lambda: MovementTracker(network), (used,))


def plan_of(config: StationConfig, new_index: Callable[[], MovementIndex] = NoMovementIndex) -> TaskPlan:
    """
    The movement tasks that the settings ask for.

    Raises:
        ConfigError: one is named twice.
    """
    tasks = config.tasks
    if len(set(tasks.kinds)) < len(tasks.kinds):
        raise ConfigError("tasks.kinds: name each task once")
    return TaskPlan(
        kinds=tuple(TaskKind(kind) for kind in tasks.kinds),
        bend_view=BodyView(tasks.bend_view),
        rating_s=tasks.rating_s,
        session_s=tasks.session_s,
        scoliometer=tasks.scoliometer,
        outline=config.models.silhouette,
        new_index=new_index,
    )
