"""Setting an installation up: migrate, load organisation and calendars, deploy the content folders."""
