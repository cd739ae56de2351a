"""Legal time limits: calendars, terms, clocks. Pure: nothing here knows a database, a diagram or the present moment."""
