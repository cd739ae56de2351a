"""The lists of the field's protocol, one module each."""
