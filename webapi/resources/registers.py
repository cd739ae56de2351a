"""Registers (台账): lists over cases, and their exports."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from engine.commands.register_exports import CancelExport, OrderExport
from engine.queries.exports import export_of, exports
from engine.queries.registers import (
    ListRequest,
    count_of_register,
    page_of_register,
    register_of,
    registers,
)
from webapi.operations import operation
from webapi.schemas.registers import (
    ExportListSchema,
    ExportOrderSchema,
    ExportSchema,
    OrderedExportSchema,
    RegisterListSchema,
    RegisterPageSchema,
    RegisterQuerySchema,
)
from webapi.security import actor
from webapi.services import execute, now, platform, read

blueprint = Blueprint("registers", __name__)


@blueprint.get("/registers")
@operation("台账", answer=RegisterListSchema)
def list_registers() -> dict[str, Any]:
    """List the registers that are for the asker, with their columns."""
    with read() as connection:
        return {"items": registers(connection, actor())}


@blueprint.get("/registers/<id_>/rows")
@operation("台账的一页", query=RegisterQuerySchema, answer=RegisterPageSchema, errors=(400, 404))
def list_rows(id_: str, query: dict[str, Any]) -> dict[str, Any]:
    """List rows of the cases that the asker may see; the values are those of this moment."""
    request = ListRequest(**query)
    with read() as connection:
        register = register_of(connection, actor(), id_)
        definitions = platform().sources.definitions
        rows, cursor = page_of_register(connection, actor(), definitions, register, request, now())
        total = count_of_register(connection, actor(), register, request)
    return {"items": rows, "next_cursor": cursor, "total": total}


@blueprint.post("/registers/<id_>/exports")
@operation(
    "导出台账为表格",
    body=ExportOrderSchema,
    answer=OrderedExportSchema,
    status=201,
    errors=(400, 404, 409),
    command=True,
)
def order_export(id_: str, body: dict[str, Any]) -> dict[str, Any]:
    """Order it; it is made in the background."""
    return execute(OrderExport(id_, body["sort"], body["search"], body["filters"]))


@blueprint.get("/register-exports")
@operation("自己的导出", answer=ExportListSchema)
def list_exports() -> dict[str, Any]:
    """List the asker's exports, newest first."""
    with read() as connection:
        return {"items": exports(connection, actor())}


@blueprint.get("/register-exports/<key:key>")
@operation("一个导出的进度", answer=ExportSchema, errors=(404,))
def read_export(key: int) -> dict[str, Any]:
    """Tell how far it is; ``documentId`` once it is done."""
    with read() as connection:
        return export_of(connection, actor(), key)


@blueprint.delete("/register-exports/<key:key>")
@operation("停止导出", errors=(404,), command=True)
def cancel_export(key: int) -> None:
    """Call it off."""
    execute(CancelExport(key))
