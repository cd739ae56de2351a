"""Drawing experts so that anybody can check it: the seed is committed before, the order follows from its digest.

A draw is announced with the pool and the SM3 digest of a secret seed. Then the witness says a text, and the seed is
opened: each expert's place is the SM3 digest of seed, witness and expert id, the smallest first. Who drew could not
choose the result (the seed was fixed before the witness spoke), nor could the witness (who did not know the seed).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from engine.history.chain import sm3

Expert = Mapping[str, Any]
"""``id``, ``name``, ``employer``."""

SEED_BYTES = 32


def seed_digest(seed: str) -> str:
    """Return what is published of a seed (hexadecimal) before the draw."""
    return sm3(bytes.fromhex(seed))


def place_of(expert_id: str, seed: str, witness: str) -> str:
    """Return what an expert is ordered by."""
    return sm3("\x1f".join((seed, witness, expert_id)).encode())


def ordered(pool: Iterable[Expert], seed: str, witness: str) -> list[Expert]:
    """Return the pool in the order of the draw."""
    return sorted(pool, key=lambda expert: (place_of(str(expert["id"]), seed, witness), str(expert["id"])))


def split_pool(
    experts: Iterable[Expert], field: str, applicants: Iterable[str]
) -> tuple[list[Expert], list[dict[str, Any]]]:
    """Return who can be drawn in a field, and who cannot because an applicant employs them."""
    employers = {_plain(name) for name in applicants}
    pool: list[Expert] = []
    excluded: list[dict[str, Any]] = []
    for expert in sorted(experts, key=lambda each: str(each["id"])):
        if field not in expert["fields"] or not expert["active"]:
            continue
        shown = {name: expert[name] for name in ("id", "name", "employer")}
        if _plain(expert["employer"]) in employers:
            excluded.append({**shown, "reason": "与申报单位同属一个单位"})
        else:
            pool.append(shown)
    return pool, excluded


def problems_of(committed: Mapping[str, Any], drawn: Mapping[str, Any]) -> Sequence[str]:
    """Return why a recorded draw is not what its own record gives; nothing where it can be reproduced."""
    problems = []
    if seed_digest(drawn["seed"]) != committed["seed_digest"]:
        problems.append("公开的种子与抽取前公布的摘要不符")
    order = ordered(committed["pool"], drawn["seed"], drawn["witness"])
    size, alternates = committed["size"], committed["alternates"]
    expected = [str(expert["id"]) for expert in order[: size + alternates]]
    recorded = [str(expert["id"]) for expert in (*drawn["drawn"], *drawn["alternates"])]
    if len(drawn["drawn"]) != size or recorded != expected:
        problems.append(f"结果与记录的名单、种子、见证语不符：应为 {'、'.join(expected)}")
    return problems


def _plain(name: str) -> str:
    return "".join(name.split()).replace("（", "(").replace("）", ")")
