"""Local Cloudflare, and the offline Pulumi engine."""
