"""Banjie's engine: everything that runs a bureau's procedures, without any web framework."""
