"""The command line: ``banjie``."""
