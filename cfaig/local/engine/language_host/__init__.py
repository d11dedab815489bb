"""Stand-in for Pulumi's Python language host, used where the official one is absent.

The engine starts it for a project whose runtime is `python`, asks what the program needs, and has it run the program
or a policy pack. Protocol: `pulumi/language.proto` of the SDK.
"""
