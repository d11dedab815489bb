"""The Pulumi program and everything that drives Pulumi."""
