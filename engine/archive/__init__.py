"""Archive: at the end of a case one package that proves itself with nothing but Python.

``retention`` says for how long, ``completeness`` whether a case may be archived, ``collecting`` gathers what goes in,
``metadata`` describes it in the words of DA/T 46-2009, ``container`` writes it, ``verify_package`` verifies it offline.
"""
