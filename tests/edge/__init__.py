"""The Worker of the edge: its own tests on real workerd, its bundle, and what it shares with the runtime."""
