"""The formats in which providers answer, stream and fail."""
