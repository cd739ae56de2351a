"""Pages for A4 paper: a case with its record, one form as it was filled in. HTML that needs nothing from outside.

``fields`` makes a form and its data readable, ``facts`` gathers what a page shows, ``pages`` writes it. The same pages
are printed from a browser and lie in archive packages.
"""
