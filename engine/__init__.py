"""Banjie's engine: everything that runs a bureau's procedures, without any web framework."""

__version__ = "0.1.0"
