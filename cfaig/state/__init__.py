"""Canonical API-shaped state; compile from definitions and decompile back."""
