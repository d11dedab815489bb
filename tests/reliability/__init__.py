"""The fault matrix: every call of an apply, and everything that can happen to it.

`story` is what is applied, `place` where, `cells` what goes wrong, `cell` how one is run and judged, `matrix` how many
are, `table` how they are told. `python -m tests.reliability` runs all of it; the test suite runs a few each day.
"""
