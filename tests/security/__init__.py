"""What docs/security.md claims, tested."""
