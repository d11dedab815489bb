"""Tests of secret references."""
