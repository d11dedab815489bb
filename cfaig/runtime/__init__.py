"""What a request really does: the data plane of AI Gateway, run on canonical state.

Pure of networks and servers: configuration, upstreams, clock and logs are given, so that the local Cloudflare runs it
behind HTTP and scenarios run it in virtual time. facts: docs/fidelity.md.
"""
