import io
import json
import logging

import pytest

from edge.logs import configure_logs


@pytest.fixture(autouse=True)
def _put_back():
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers, root.level = handlers, level


def test_the_journal_gets_one_json_object_a_line():
    stream = io.StringIO()
    configure_logs(stream)
    logging.getLogger("edge.relay").warning("no broker: %s", "broker:1883 refuses")
    line = json.loads(stream.getvalue())
    assert line["event"] == "no broker: broker:1883 refuses"
    assert (line["level"], line["logger"]) == ("warning", "edge.relay")
    assert line["timestamp"].endswith("Z")


def test_details_for_developers_stay_out_of_the_journal():
    stream = io.StringIO()
    configure_logs(stream)
    logging.getLogger("edge.relay").debug("again")
    assert stream.getvalue() == ""


def test_an_error_with_its_trace_is_still_one_line():
    stream = io.StringIO()
    configure_logs(stream)
    try:
        raise ValueError("wrong")
    except ValueError:
        logging.getLogger("edge").exception("it broke")
    assert len(stream.getvalue().splitlines()) == 1
