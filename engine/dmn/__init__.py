"""Decision models: DMN 1.5 at conformance level 3, on top of engine.feel; depends on nothing else in the project."""

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
