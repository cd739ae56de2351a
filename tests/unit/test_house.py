"""The rules of the house that a machine can check. Each finder is first shown something it must find."""

from __future__ import annotations

import re
import tokenize
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.support import house

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("engine", "webapi", "cli")
LONGEST_FILE = 400

MAY_READ_THE_CLOCK = {
    "engine/clock.py": "the one place time comes from",
    "engine/feel/runtime.py": "for an expression tried on its own; the engine always gives the moment",
}
MAY_COMMIT = {
    "engine/commands/bus.py": "one command, one transaction",
    "engine/jobs/acquirer.py": "claims a job in a transaction of its own",
    "engine/store/": "migrations, and the unit of work the bus ends",
    "engine/verification/export.py": "fills a database of its own, to verify a case taken out of another",
}
READS_XML_BY_ITSELF = {
    "engine/archive/verify_package.py": "needs nothing but Python: asks expat whether a file without DOCTYPE is XML",
}
SPEAKS_HTTP = {
    "engine/jobs/http_call.py": "calls other systems: the statuses are their answers, not ours",
}
SERVES_EVERY_PROCEDURE = {
    "time-limits": "the one table of time limits, which the clocks read",
    "time_limits": "its decision",
    "action-exclusions": "the one table of excluded actions, which the commands on user tasks ask",
    "action_exclusions": "its decision",
}
REVISIONS = Path("engine/store/migrations/versions")  # Alembic reads them as files; the folder is no package.
MAY_BE_LONG = {
    f"{REVISIONS}/": "one revision is one file, and frozen once it is released",
}
LEAF_PACKAGES = {
    "engine/feel": ["engine.feel"],
    "engine/dmn": ["engine.dmn", "engine.feel"],
    "engine/deadlines": ["engine.deadlines", "engine.errors", "engine.clock"],
    "engine/layout": ["engine.layout", "engine.errors"],
}

Finder = Callable[[house.Source], list[str]]


def _offences(finder: Finder, folders: Iterable[str], excused: Iterable[str] = ()) -> list[str]:
    return [
        f"{source.path}:{offence}"
        for source in house.sources(ROOT, *folders)
        if not source.path.startswith(tuple(excused))
        for offence in finder(source)
    ]


def _identifiers_of_procedures() -> set[str]:
    """Ids of processes, decisions and forms, and the file names they are under: what only data may name."""
    found = set()
    for folder, suffix in (("bpmn", "bpmn"), ("dmn", "dmn"), ("forms", "form")):
        for file in (ROOT / folder).rglob(f"*.{suffix}"):
            found.add(file.stem)
            text = file.read_text(encoding="utf-8")
            found.update(re.findall(r"<(?:\w+:)?(?:process|decision)\s[^>]*?\bid=\"([^\"]+)\"", text))
    return found - SERVES_EVERY_PROCEDURE.keys()


SHOWN = [
    (house.wall_clock, "from datetime import datetime as d\nd.now()", "2: datetime.datetime.now"),
    (house.wall_clock, "import datetime\nf(default=datetime.date.today)", "2: datetime.date.today"),
    (house.wall_clock, "import time\ntime.time()", "2: time.time"),
    (house.wall_clock, "from time import time\ntime()", "2: time.time"),
    (house.text_as_code, "eval('1')", "1: eval()"),
    (house.commits, "session.commit()", "1: commit()"),
    (house.commits, "with engine.begin() as c: c", "1: begin()"),
    (house.commits, "with writing(engine) as c: c", "1: writing()"),
    (house.unsafe_xml, "import xml.etree.ElementTree", "1: imports xml.etree.ElementTree"),
    (house.unsafe_xml, "from lxml import etree\netree.fromstring(x)", "2: fromstring() without a parser"),
    (house.http_statuses, "from http import HTTPStatus", "1: imports http.HTTPStatus"),
    (house.http_statuses, "class E:\n    status_code = 404", "2: 404 for status_code"),
    (house.http_statuses, "answer(status=409)", "1: 409 for status"),
]
HARMLESS = [
    (house.wall_clock, "import time\ntime.monotonic()\nclock.now()"),
    (house.text_as_code, "import re\nre.compile('x')"),
    (house.commits, "session.begin_nested()\nelement.begin(task)"),
    (house.http_statuses, "limit = 400\nstatus = 'ready'\nattempts = 5"),
]


@pytest.mark.parametrize(("finder", "text", "offence"), SHOWN)
def test_a_finder_finds_what_it_is_for(finder: Finder, text: str, offence: str) -> None:
    assert finder(house.parse(text)) == [offence]


@pytest.mark.parametrize(("finder", "text"), HARMLESS)
def test_a_finder_leaves_the_harmless_alone(finder: Finder, text: str) -> None:
    assert finder(house.parse(text)) == []


def test_an_open_xml_parser_is_found_and_a_closed_one_is_not() -> None:
    closed = "etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)"
    opened = closed.replace("load_dtd=False", "load_dtd=True")

    assert house.unsafe_xml(house.parse(f"from lxml import etree\n{closed}")) == []
    assert house.unsafe_xml(house.parse(f"from lxml import etree\n{opened}")) == ["2: XMLParser without load_dtd=False"]


def test_imports_are_followed_through_relative_and_local_forms() -> None:
    source = house.parse(
        "from ..errors import X\ndef f():\n    import webapi.wsgi\nfrom . import y", "engine/feel/a.py"
    )

    found = house.imports_beyond(source, ["engine.feel"], PRODUCT)

    assert found == ["1: imports engine.errors.X", "3: imports webapi.wsgi"]


def test_a_named_procedure_is_found_in_code_but_not_in_prose() -> None:
    source = house.parse('"""Such as p-one."""\nif key == "p-one": x = "p-one-more"\nColumn(comment="such as p-one")')

    assert house.names_one_of(source, ["p-one"]) == ["2: 'p-one'"]


def test_time_comes_from_the_clock_only() -> None:
    assert _offences(house.wall_clock, PRODUCT, MAY_READ_THE_CLOCK) == []


def test_only_the_command_bus_and_the_job_acquirer_commit() -> None:
    assert _offences(house.commits, PRODUCT, MAY_COMMIT) == []


def test_no_text_is_run_as_python() -> None:
    assert _offences(house.text_as_code, PRODUCT) == []


def test_xml_is_read_with_closed_parsers_only() -> None:
    assert _offences(house.unsafe_xml, PRODUCT, READS_XML_BY_ITSELF) == []


def test_http_statuses_are_decided_in_the_web_api_only() -> None:
    assert _offences(house.http_statuses, ["engine", "cli"], SPEAKS_HTTP) == []


@pytest.mark.parametrize("package", LEAF_PACKAGES)
def test_a_leaf_package_leans_on_nothing_but_what_it_is_allowed(package: str) -> None:
    allowed = LEAF_PACKAGES[package]

    assert _offences(lambda source: house.imports_beyond(source, allowed, PRODUCT), [package]) == []


def test_no_python_names_a_particular_procedure_rule_or_form() -> None:
    identifiers = _identifiers_of_procedures()

    assert _offences(lambda source: house.names_one_of(source, identifiers), PRODUCT) == []


def test_every_package_says_what_it_is() -> None:
    packages = {Path(source.path).parent for source in house.sources(ROOT, *PRODUCT)} - {REVISIONS}
    described = {
        Path(source.path).parent
        for source in house.sources(ROOT, *PRODUCT)
        if source.path.endswith("__init__.py") and house.docstring(source)
    }

    assert packages - described == set()


def test_no_source_file_is_longer_than_a_reader_can_hold() -> None:
    files = [file for folder in (*PRODUCT, "tests", "scripts") for file in (ROOT / folder).rglob("*.py")]
    files += [file for kind in ("js", "ts", "css") for file in (ROOT / "webui" / "src").rglob(f"*.{kind}")]
    lengths = {file.relative_to(ROOT).as_posix(): _line_count(file) for file in files}
    too_long = {path: length for path, length in lengths.items() if length > LONGEST_FILE}

    assert {path: length for path, length in too_long.items() if not path.startswith(tuple(MAY_BE_LONG))} == {}


def _line_count(file: Path) -> int:
    with tokenize.open(file) if file.suffix == ".py" else file.open(encoding="utf-8") as lines:
        return sum(1 for _ in lines)
