"""Cloudflare AI Gateway as code: definitions in YAML, reviewed as a diff, applied through Pulumi."""

__version__ = "0.1.0"
