"""The resources of the protocol, one module each."""
