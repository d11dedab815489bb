// Vault for the tests of vault:// references; built by ../vault_server.py. The first two replacements are Vault's own
// (replacements count in the main module only); ./sdk is made by that script.
module cfaig.invalid/vault

go 1.25.3

require github.com/hashicorp/vault v1.21.4

replace github.com/99designs/keyring => github.com/Jeffail/keyring v1.2.3

replace github.com/ma314smith/signedxml v1.1.1 => github.com/moov-io/signedxml v1.1.1

replace github.com/hashicorp/vault/sdk => ./sdk
