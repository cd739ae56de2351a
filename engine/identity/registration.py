"""Importing this module registers the handlers of all commands on people."""

from engine.identity import accounts, organisation, sessions, sign_in

__all__ = ["accounts", "organisation", "sessions", "sign_in"]
