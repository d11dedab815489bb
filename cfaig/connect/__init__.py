"""Settings of other programs, so that they call a gateway: written out, and put into their own files.

`clients` is the table of those programs; a new one is one more entry with functions that write its settings.
"""
