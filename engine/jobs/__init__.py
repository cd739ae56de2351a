"""What falls due: timers fired, with APScheduler only ticking; many nodes may run it side by side."""
