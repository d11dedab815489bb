"""The Pulumi program of this project: reconciles the definitions in `gateways/`."""

from cfaig.deploy.program import run

run()
