"""Definitions at other Git refs: read them without touching the work tree, and tell what differs."""
