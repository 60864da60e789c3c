import json

import jsonschema
import pytest

from edge.session.schema import FILE, as_text, summary_schema
from edge.session.state import Phase
from tests.session.conversation import Conversation

SCHEMA = summary_schema()


def test_the_published_schema_is_in_step_with_the_code():
    assert FILE.read_text(encoding="utf-8") == as_text(SCHEMA), "write it anew: python -m edge.session.schema"


def test_the_schema_is_a_valid_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_a_real_summary_fits_the_schema():
    summary = Conversation().until(Phase.RESULT).state.summary
    jsonschema.validate(json.loads(summary.model_dump_json()), SCHEMA)


@pytest.mark.parametrize("field", ["name", "born", "picture"])
def test_a_summary_with_a_field_too_many_does_not_fit(field):
    summary = json.loads(Conversation().until(Phase.RESULT).state.summary.model_dump_json())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(summary | {field: "x"}, SCHEMA)


def test_a_summary_stays_far_below_the_size_limit_of_the_wire():
    summary = Conversation().until(Phase.RESULT).state.summary
    assert len(summary.model_dump_json().encode()) < 16 * 1024
