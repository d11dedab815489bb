"""The policy pack: what a gateway must be like in each environment, checked before anything is written.

It needs the folder's name to be `policies`, and of the cfaig package nothing.
"""
