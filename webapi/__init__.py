"""The web interface: thin; schema, command or query, answer."""
