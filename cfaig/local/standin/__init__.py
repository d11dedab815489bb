"""A stand-in of the official cloudflare plugin, for machines that cannot get it: one resource type, same behaviour.

What it imitates was observed and is written down in facts/official-plugin.md, oddities included: a kinder stand-in
would hide what happens with the real one. It knows nothing of the rest of cfaig's idea of a gateway.
"""
