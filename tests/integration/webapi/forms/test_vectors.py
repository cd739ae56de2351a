"""The server's answers to the shared vectors of form data; the form viewer's are compared in test_viewer_agrees."""

from __future__ import annotations

import pytest

from tests.integration.webapi.forms.vectors import Vector, vectors
from webapi.forms import validate_form


@pytest.mark.parametrize("vector", [pytest.param(vector, id=vector.id) for vector in vectors()])
def test_form_data_is_refused_where_and_why_the_vector_says(vector: Vector) -> None:
    # given a form that opened with a case's variables, when its data is checked
    messages = validate_form(vector.schema, vector.data, vector.context)

    # then every message stands at its field's path, and nothing else is said
    assert dict(messages) == vector.errors
