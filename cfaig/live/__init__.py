"""The live account: the API client, and reading it into canonical state."""
