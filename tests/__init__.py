"""Every test of Banjie: unit, integration, acceptance, procedures, browser, chaos."""
