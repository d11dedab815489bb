"""Fuzzing of what reads strangers' texts: `python -m tests.fuzz`; a sample runs in the suite."""
