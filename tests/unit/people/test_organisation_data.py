"""The organisation as the duty list has it, and whom it suggests to dispatch to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Connection

from cli.main import banjie
from engine.commands.actor import INSTALLER
from engine.identity.organisation import LoadOrganisation, read_organisation
from engine.queries.dispatching import dispatch_suggestions
from engine.queries.organisation import departments, posts
from engine.store.database import reading
from engine.store.tables.identity import user
from tests.unit.commands.platforms import ROOT, Bureau

FOLDER = ROOT / "organisation"


@pytest.fixture(scope="module")
def organisation() -> LoadOrganisation:
    """Return what the files say."""
    return read_organisation(FOLDER, people=True, password_hash=None)


@pytest.fixture
def loaded(small_bureau: Bureau, organisation: LoadOrganisation) -> Iterator[Connection]:
    """Give a connection to a bureau with the whole organisation."""
    small_bureau.bus.execute(organisation, INSTALLER)
    with reading(small_bureau.engine) as connection:
        yield connection


def test_there_are_fifteen_departments_and_fifty_six_posts_with_duties(loaded: Connection) -> None:
    assert len(departments(loaded, "internal")["items"]) == 15
    found = posts(loaded)["items"]
    assert len(found) == 56
    assert all(item["duties"] for item in found)
    assert [item["name"] for item in posts(loaded, "bgs")["items"]] == [
        "主任岗",
        "文秘岗",
        "行政岗",
        "主管会计岗",
        "出纳岗",
    ]


def test_every_duty_stands_in_the_duty_list_at_its_line(organisation: LoadOrganisation, shared_data: Path) -> None:
    lines = (shared_data / "domain" / "duty-list-2020.txt").read_text("utf-8").splitlines()
    squeezed = ["".join(line.split()) for line in lines]
    entries = [duty for post in organisation.posts for duty in post["duties"]]
    entries += [{"line": row["line"], "text": row["matter"]} for row in organisation.responsibilities]

    for entry in entries:
        text = "".join(entry["text"].split())
        here = "".join(squeezed[entry["line"] - 1 : entry["line"] + 7])
        assert text in here, entry


def test_whatever_is_named_exists(organisation: LoadOrganisation) -> None:
    places = {entry["id"] for entry in organisation.departments}
    roles = {entry["name"] for entry in organisation.groups}

    assert {entry.get("parent") for entry in organisation.departments} - {None} <= places
    assert {post["department"] for post in organisation.posts} <= places
    assert {place for row in organisation.responsibilities for place in (row["lead"], *row["assist"])} <= places
    assert {person["department"] for person in organisation.users} <= places
    assert {name for person in organisation.users for name in person["groups"]} <= roles
    for entries in (organisation.departments, organisation.posts, organisation.responsibilities):
        assert len({entry["id"] for entry in entries}) == len(entries)


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("关于组织推荐国家制造业创新中心的通知", "kjk"),
        ("市民反映无线电干扰影响正常收听", "hlw"),
        ("关于报送人大代表建议、政协委员提案办理情况的函", "zhk"),
        ("关于开展工业节能监察工作的通知", "lsk"),
        ("关于申报制造业单项冠军的通知", "cyk"),
        ("来信来访群众反映企业改制遗留问题", "xfk"),
        ("关于做好食盐专营监督检查的通知", "xfp"),
        ("关于编制年度部门预决算及三公经费公开的通知", "bgs"),
        ("关于做好发展党员和党费收缴工作的通知", "zgk"),
    ],
)
def test_a_text_is_dispatched_to_the_department_whose_duty_it_is(loaded: Connection, text: str, lead: str) -> None:
    found = dispatch_suggestions(loaded, text)

    assert found[0]["department"]["id"] == lead, [(item["department"]["name"], item["score"]) for item in found]
    assert found[0]["grounds"][0]["line"]


def test_a_text_that_fits_nothing_suggests_nothing(loaded: Connection) -> None:
    assert dispatch_suggestions(loaded, "zzzz qqqq") == []


def test_people_are_imported_from_the_command_line(sqlite_url: str, tmp_path: Path) -> None:
    # given
    file = tmp_path / "people.csv"
    file.write_text("用户名,姓名,机构\nxin,新来某,新科\n", encoding="utf-8")
    departments_file = tmp_path / "departments.csv"
    departments_file.write_text("编号,名称,类型\nxk,新科,internal\n", encoding="utf-8")
    where = ["--database-url", sqlite_url, "--data-dir", str(tmp_path / "data")]
    runner = CliRunner()

    # when
    wrong = runner.invoke(banjie, ["people", "import", str(file), *where])
    runner.invoke(banjie, ["people", "import", str(departments_file), "--apply", *where], catch_exceptions=False)
    preview = runner.invoke(banjie, ["people", "import", str(file), *where], catch_exceptions=False)
    applied = runner.invoke(banjie, ["people", "import", str(file), "--apply", *where], catch_exceptions=False)

    # then
    assert (wrong.exit_code, preview.exit_code, applied.exit_code) == (1, 0, 0)
    assert "没有机构 新科" in wrong.output
    assert "尚未导入" in preview.output
    assert "已导入 1 处变化" in applied.output
    bureau = Bureau(sqlite_url, tmp_path / "data")
    assert bureau.row(user, id="xin")["department_id"] == "xk"
    bureau.close()
