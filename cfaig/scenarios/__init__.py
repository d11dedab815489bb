"""Behaviour tests of definitions: what the gateway runtime makes of requests, held against what is expected.

Everything runs in virtual time on the compiled state, with scripted providers: no network, no server, no waiting.
"""
