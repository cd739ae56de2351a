"""Papers (文书): templates that officials edit in Word or WPS, checked, filled in, printed."""
