"""
The published form of a summary: JSON Schema, made from the one place where its fields are written down.

    python -m edge.session.schema   # writes edge/session/summary.schema.json anew after a field was changed
"""

import json
from pathlib import Path
from typing import Any

from edge.session.summary import SCHEMA, SessionSummary

FILE = Path(__file__).with_name("summary.schema.json")


def summary_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a session's summary."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{SCHEMA.replace('/', ':')}",
        **SessionSummary.model_json_schema(mode="serialization"),
    }


def as_text(schema: dict[str, Any]) -> str:
    """As it stands in the file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(as_text(summary_schema()), encoding="utf-8")
