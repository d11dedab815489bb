"""Benchmarks: `python -m bench NAME`. What they found, and what it means, is in docs/benchmarks.md."""
