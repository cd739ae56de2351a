"""The public DMN conformance suite, run against engine.dmn. `python -m tests.conformance [FOLDER]` prints the table."""
