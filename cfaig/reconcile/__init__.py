"""Plan (desired against live), safety limits, renderings."""
