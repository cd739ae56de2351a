"""What many resources take or give."""

from __future__ import annotations

from webapi.schemas.base import ApiSchema
from webapi.schemas.fields import Anything, Many, Part, Text, Whole, WholeText


class NothingSchema(ApiSchema):
    """Nothing."""


class PageQuerySchema(ApiSchema):
    """Which page of a list."""

    limit = WholeText(smallest=1, largest=200, load_default=30)
    cursor = Text(longest=300, load_default=None)
    search = Text(longest=200, load_default=None)
    department = Text(longest=100, load_default=None)
    procedure = Text(longest=200, load_default=None)


class ReasonSchema(ApiSchema):
    """Why something is done."""

    reason = Text(required=True, shortest=1, longest=1000)


class DocumentationSchema(ApiSchema):
    """The four parts of an element's documentation: 原文, 依据, 说明, 异常."""

    seed = Text(allow_none=True)
    basis = Text(allow_none=True)
    note = Text(allow_none=True)
    exception = Text(allow_none=True)


class FormSchema(ApiSchema):
    """A form version; ``schema`` is form-js JSON."""

    id = Text()
    version = Whole()
    schema = Anything()


class ProblemSchema(ApiSchema):
    """One finding in a file."""

    file = Text(allow_none=True)
    line = Whole(allow_none=True)
    element = Text(allow_none=True)
    kind = Text()
    code = Text()
    severity = Text()
    message = Text()


class ProblemDetailsSchema(ApiSchema):
    """Problem details (RFC 9457): ``detail`` is Chinese and says what to do, ``code`` is stable."""

    type = Text()
    title = Text()
    status = Whole()
    detail = Text()
    code = Text()
    instance = Text()
    field_messages = Anything(data_key="fields")
    problems = Many(Part(ProblemSchema))


class HealthSchema(ApiSchema):
    """Whether the platform works."""

    status = Text()
    version = Text()
    database = Text()


class CountsSchema(ApiSchema):
    """How much there is in each of a person's lists."""

    todo = Whole()
    done = Whole()
    started = Whole()
