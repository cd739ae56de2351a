"""How an instance is saved: parts of JSON text."""

STATE_FORMAT = 1
"""Number of the format of saved states."""
