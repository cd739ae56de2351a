"""Decision models: DMN 1.5 at conformance level 3, on top of engine.feel; depends on nothing else in the project.

    >>> model = load("approval.dmn")                                    # doctest: +SKIP
    >>> model.evaluate("审批级别", {"金额": 60000, "类别": "工程"})         # doctest: +SKIP
    '二级'

``load`` reads and links files (reader, loading, unit); nodes know their value in a run (nodes, service); boxed
expressions are compiled to closures when first needed (compiling and the modules it names); ``check`` says what can be
said without running (checking).

Where the specification leaves room, this is what is done:

- ``-`` matches any value, null included (8.2.6), but nothing outside the input values (10.3.2.10).
- No rule matched: the default output, else null (10.3.2.10), for tables of several hits too.
- A violated UNIQUE or ANY makes null and an error among the warnings (8.2.10 calls the result undefined).
- The condition of a boxed conditional, and the match of a boxed filter, must be boolean (10.2.2.8, 10.2.2.9): null
  counts as false, anything else makes null.
- The parameters of a decision service are its input data, then its input decisions (10.4).
- Components may be missing from inputs, and are null then; a value computed in the model must have them all to conform
  to its type (10.3.2.9.2).
- One file imported by two paths has inputs of its own for each path.
- In a file without any input data, names are the variables that the caller gives: process modelers draw no input data.
- A name with symbols (``net-price``) is one name after a dot wherever a context of the file, or of one it imports, has
  such an entry; elsewhere it is a subtraction (10.3.1.5).
- The type written where an iterator takes its collection may be the list's or its items' (10.5).
- A decision without logic has the value that the caller gives under its name.
"""

from .checking import Finding, check
from .errors import DmnError, DmnLimitExceeded, DmnModelInvalid, DmnNotFound, DmnXmlError, Problem
from .model import ElementInfo, Model, ServiceInfo, load
from .run import DecisionTrace, Evaluation, EvaluationWarning, MatchedRule

__all__ = [
    "DecisionTrace",
    "DmnError",
    "DmnLimitExceeded",
    "DmnModelInvalid",
    "DmnNotFound",
    "DmnXmlError",
    "ElementInfo",
    "Evaluation",
    "EvaluationWarning",
    "Finding",
    "MatchedRule",
    "Model",
    "Problem",
    "ServiceInfo",
    "check",
    "load",
]
