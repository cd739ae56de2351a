"""Forms on the server: what the page's form viewer (form-js 2.0.0) would not submit is refused here too.

The life of a form here: ``compiling`` turns the form-js schema into inputs, lists of rows and their conditions;
``evaluation`` works out, as the viewer does, what is shown for given data; ``schemas`` builds the marshmallow schema
that checks the data, once a form; ``validating`` brings them together.
"""

from webapi.forms.validating import validate_form

__all__ = ["validate_form"]
