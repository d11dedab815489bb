"""The documentation; `docs.site` makes its site."""
