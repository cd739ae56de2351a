"""Files that people upload: what they are (never what they are called), whether they may be taken, and where they lie.

The life of an upload: the web API hands a stream over; ``receiving`` digests it, finds its type, refuses what is not
allowed (types, size, macros, markers of state secrets, viruses) and puts its content into the store; a command enters
it; a form or a case takes it; what nothing took goes away in time.
"""
