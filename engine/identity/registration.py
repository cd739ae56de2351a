"""Importing this module registers the handlers of all commands on people."""

from engine.identity import (
    accounts,
    administer,
    change_setting,
    import_people,
    organisation,
    remove_lost_second_factor,
    sessions,
    sign_in,
    substitutions,
)

__all__ = [
    "accounts",
    "administer",
    "change_setting",
    "import_people",
    "organisation",
    "remove_lost_second_factor",
    "sessions",
    "sign_in",
    "substitutions",
]
