"""The documentation: every command block is run, and the site is built."""
