"""What the field's protocol takes and gives, as marshmallow schemas."""
