"""From files to linked units: imports fetched once each, every problem of every file gathered."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from .errors import DmnError, DmnLimitExceeded, DmnModelInvalid, DmnNotFound, Problem
from .reader import read_definitions
from .tree import Definitions, Import
from .unit import Unit

Importer = Callable[[str, str | None], bytes]

MAX_UNITS = 500
MAX_SIBLINGS = 500


def load_unit(source: str | os.PathLike[str] | bytes, imports: Importer | None) -> Unit:
    """The linked main unit. Raises DmnModelInvalid with all problems, or the DmnError of an unreadable file."""
    if isinstance(source, bytes):
        loader = _Loader(imports)
        data, file = source, None
    else:
        path = Path(source)
        loader = _Loader(imports or _siblings(path))
        data, file = _read(path), str(path)
    main = loader.definitions(data, file)
    unit = loader.unit(main, (), ())
    if not loader.problems:
        for part in unit.all_units():
            loader.problems += [problem for problem in (*part.link(), *part.check()) if problem not in loader.problems]
    if loader.problems:
        raise DmnModelInvalid(loader.problems)
    for part in unit.all_units():
        part.types.prepare()
    return unit


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DmnNotFound(f"读不到文件 {path}：{error.strerror}，请检查路径。", file=str(path)) from error


class _Loader:
    def __init__(self, importer: Importer | None) -> None:
        self._importer = importer
        self._loaded: dict[str, Definitions | None] = {}
        self._units = 0
        self.problems: list[Problem] = []

    def definitions(self, data: bytes, file: str | None) -> Definitions:
        """The tree of a file, its problems noted."""
        definitions, problems = read_definitions(data, file)
        self.problems += problems
        self._loaded.setdefault(definitions.namespace, definitions)
        return definitions

    def unit(self, definitions: Definitions, path: tuple[str, ...], above: tuple[Definitions, ...]) -> Unit:
        """The unit of a file at an import path, with all units below it."""
        self._units += 1
        if self._units > MAX_UNITS:
            raise DmnLimitExceeded(f"引用展开后超过 {MAX_UNITS} 个模型，请简化 import。", file=definitions.file)
        above = (*above, definitions)
        named: dict[str, Unit] = {}
        merged: list[Unit] = []
        for item in definitions.imports:
            if item.import_type and "/DMN/" not in item.import_type:
                continue
            if item.name in named:
                self._problem(definitions, item, "dmn.duplicate-name", f"import 名称“{item.name}”重复，请改名。")
                continue
            imported = self._fetch(definitions, item)
            if imported is None:
                continue
            if any(imported is known for known in above):
                self._problem(definitions, item, "dmn.import-cycle", "模型互相引用成环，请去掉一个 import。")
                continue
            if item.name:
                named[item.name] = self.unit(imported, (*path, item.name), above)
            else:
                merged.append(self.unit(imported, path, above))
        return Unit(definitions, path, named, merged)

    def _fetch(self, definitions: Definitions, item: Import) -> Definitions | None:
        # A model may be spread over files of one namespace, which then differ in their location only.
        key = item.namespace if item.namespace != definitions.namespace else f"{item.namespace} {item.location}"
        if key in self._loaded:
            return self._loaded[key]
        self._loaded[key] = None
        if self._importer is None:
            self._problem(definitions, item, "dmn.import", "没有提供被引用的模型，请把它与本文件一起保存。")
            return None
        try:
            data = self._importer(item.namespace, item.location)
            imported = self.definitions(data, item.location or item.namespace)
        except (DmnError, OSError, LookupError) as error:
            self._problem(definitions, item, "dmn.import", f"读不到被引用的模型 {item.namespace}：{error}")
            return None
        if imported.namespace != item.namespace:
            self._problem(
                definitions, item, "dmn.import", f"被引用的文件命名空间是 {imported.namespace}，不是 {item.namespace}。"
            )
            return None
        self._loaded[key] = imported
        return imported

    def _problem(self, definitions: Definitions, item: Import, code: str, message: str) -> None:
        problem = Problem(code, message, definitions.file, item.line, item.name or item.namespace)
        if problem not in self.problems:
            self.problems.append(problem)


def _siblings(path: Path) -> Importer:
    """Imports from the same folder: by file name if the location names one there, else by namespace."""
    folder = path.resolve().parent

    def fetch(namespace: str, location: str | None) -> bytes:
        name = Path(location.replace("\\", "/")).name if location else ""
        if name and (folder / name).is_file():
            return (folder / name).read_bytes()
        for candidate in sorted(folder.glob("*.dmn"))[:MAX_SIBLINGS]:
            if candidate == path.resolve():
                continue
            data = candidate.read_bytes()
            if _namespace_of(data, str(candidate)) == namespace:
                return data
        raise LookupError(f"文件夹 {folder.name} 里没有命名空间为 {namespace} 的 .dmn 文件")

    return fetch


def _namespace_of(data: bytes, file: str) -> str | None:
    try:
        return read_definitions(data, file)[0].namespace
    except DmnError:
        return None
