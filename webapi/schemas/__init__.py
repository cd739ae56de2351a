"""What the API takes and gives: marshmallow schemas that validate, answer and document."""
