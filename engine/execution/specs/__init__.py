"""What each kind of element does, as subclasses of SpiffWorkflow's specs."""
