"""Cloudflare's own runtime for Workers on this machine: finding it, getting it, running it. Standard library only."""
