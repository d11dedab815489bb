"""The resources of the plugin `cfaig`: what the official plugin cannot do, or not without a gap."""
