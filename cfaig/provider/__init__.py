"""Our Pulumi provider plugin: the resources that the official plugin lacks, and the servicer that any plugin can use.

`servicer` speaks gRPC for a `plugin.Plugin`, which is a table of `kind.Kind`s; `server` runs it as a process;
`resources/` holds the kinds of the plugin `cfaig`.
"""
