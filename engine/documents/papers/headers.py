"""What the headers of a service task say of the paper it issues; the same for the paper and for its preview."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from engine.errors import InvalidInput
from engine.feel import FeelError, compile_expression
from engine.feel.json import to_json

USUAL_VARIABLE = "document"
"""The variable that holds the paper where the headers name none."""
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST_NAME = 80

Headers = Mapping[str, str]
Scope = Mapping[str, Any]


class RenderHeadersInvalid(InvalidInput):
    """The service task's headers do not say which paper is to be issued, or with what."""

    code = "documents.render-headers-invalid"


def paper_id_of(headers: Headers, scope: Scope) -> str:
    """Return which paper is meant. Raises RenderHeadersInvalid."""
    found = value_of(headers.get("document"), scope)
    if not isinstance(found, str) or not found:
        raise RenderHeadersInvalid("生成文书的作业头须给出 document（文书模板的标识）。")
    return found


def title_of(headers: Headers, scope: Scope, usual: str) -> str:
    """Return the paper's title: what the headers say, else the template's own."""
    return str(value_of(headers.get("title"), scope) or usual)


def data_of(headers: Headers, scope: Scope) -> Scope:
    """Return what the template is filled in with: the context of the header ``data``, else everything in scope."""
    source = headers.get("data")
    if source is None:
        return scope
    found = value_of(source, scope)
    if not isinstance(found, dict):
        raise RenderHeadersInvalid("作业头 data 的表达式应得到一个上下文（名称到值）。")
    return found


def value_of(source: str | None, scope: Scope) -> Any:
    """Return a header's value: FEEL after ``=``, else the text itself. Raises RenderHeadersInvalid."""
    if source is None or not source.startswith("="):
        return source
    try:
        return to_json(compile_expression(source[1:]).evaluate(scope))
    except FeelError as error:
        raise RenderHeadersInvalid(f"作业头的表达式 {source} 有误：{error}") from error


def file_name(title: str, ending: str) -> str:
    """Return a name that every system of files takes."""
    stem = _UNFIT.sub("", title.replace("\n", "")).strip(" .")[:_LONGEST_NAME] or "文书"
    return f"{stem}.{ending}"
