"""Configurations of other gateways as definitions, with a word about everything that does not come along."""
