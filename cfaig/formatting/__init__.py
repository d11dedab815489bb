"""One way to write a definition: order, spacing, quotes and durations, with every comment where people put it."""
