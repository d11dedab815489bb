"""Scripted providers: they answer in each provider's own format, and fail as a script tells them to."""
