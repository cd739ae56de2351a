"""The web interface: thin. Schema, command or query, answer; nothing is decided here but HTTP."""
