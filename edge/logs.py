"""Where log lines go: to standard error, one JSON object each, or readable where a person is watching."""

import logging
import sys
from typing import TextIO

import structlog


def configure_logs(stream: TextIO = sys.stderr) -> None:
    """
    Let every module's log lines from INFO upwards go to a stream.

    The journal gets JSON (event, level, logger, timestamp in UTC); a terminal gets columns. Nothing about a person is
    ever logged, so nothing has to be taken out here.
    """
    before: list[structlog.types.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    show: structlog.types.Processor = structlog.processors.JSONRenderer()
    if stream.isatty():
        show = structlog.dev.ConsoleRenderer()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, show],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
