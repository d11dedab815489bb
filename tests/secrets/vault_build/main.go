// A Vault server for tests: Vault's own core, HTTP interface, KV engine, AppRole and Kubernetes logins, kept in memory.
//
// The official program has every engine and login there is, with the libraries of all clouds, and does not build from
// the modules that are served: its Transit engine needs a newer sdk than its core.
package main

import (
	"context"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"

	log "github.com/hashicorp/go-hclog"
	kubernetes "github.com/hashicorp/vault-plugin-auth-kubernetes"
	kv "github.com/hashicorp/vault-plugin-secrets-kv"
	"github.com/hashicorp/vault/builtin/credential/approle"
	"github.com/hashicorp/vault/helper/namespace"
	vaulthttp "github.com/hashicorp/vault/http"
	"github.com/hashicorp/vault/internalshared/configutil"
	"github.com/hashicorp/vault/sdk/helper/consts"
	"github.com/hashicorp/vault/sdk/logical"
	"github.com/hashicorp/vault/sdk/physical/inmem"
	"github.com/hashicorp/vault/vault"
)

type builtins map[string]logical.Factory

func (b builtins) Contains(name string, _ consts.PluginType) bool { return b[name] != nil }

func (b builtins) Get(name string, _ consts.PluginType) (func() (interface{}, error), bool) {
	factory, known := b[name]
	return func() (interface{}, error) { return factory, nil }, known
}

func (b builtins) Keys(consts.PluginType) []string {
	names := []string{}
	for name := range b {
		names = append(names, name)
	}
	return names
}

func (b builtins) DeprecationStatus(name string, _ consts.PluginType) (consts.DeprecationStatus, bool) {
	return consts.Supported, b[name] != nil
}

func (builtins) IsBuiltinEntPlugin(string, consts.PluginType) bool { return false }

func main() {
	address := flag.String("address", "127.0.0.1:8200", "where to listen")
	token := flag.String("root-token", "", "the root token")
	flag.Parse()
	if err := serve(*address, *token); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(address, token string) error {
	logger := log.New(&log.LoggerOptions{Level: log.Warn, Output: os.Stderr})
	storage, err := inmem.NewInmem(nil, logger)
	if err != nil {
		return err
	}
	engines := map[string]logical.Factory{"kv": kv.Factory}
	logins := map[string]logical.Factory{"approle": approle.Factory, "kubernetes": kubernetes.Factory}
	known := builtins{"kv": kv.Factory, "approle": approle.Factory, "kubernetes": kubernetes.Factory}
	core, err := vault.NewCore(&vault.CoreConfig{
		Physical:           storage,
		LogicalBackends:    engines,
		CredentialBackends: logins,
		BuiltinRegistry:    known,
		DisableMlock:       true,
		Logger:             logger,
		DevToken:           token,
		ClusterName:        "tests",
	})
	if err != nil {
		return err
	}
	ctx := namespace.RootContext(context.Background())
	shares := &vault.SealConfig{SecretShares: 1, SecretThreshold: 1}
	made, err := core.Initialize(ctx, &vault.InitParams{BarrierConfig: shares})
	if err != nil {
		return err
	}
	if _, err := core.Unseal(made.SecretShares[0]); err != nil {
		return err
	}
	request := &logical.Request{
		ID:          "root",
		Operation:   logical.UpdateOperation,
		ClientToken: made.RootToken,
		Path:        "auth/token/create",
		Data:        map[string]interface{}{"id": token, "policies": []string{"root"}, "no_parent": true},
	}
	if _, err := core.HandleRequest(ctx, request); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	properties := &vault.HandlerProperties{Core: core, ListenerConfig: &configutil.Listener{Address: address}}
	return http.Serve(listener, vaulthttp.Handler.Handler(properties))
}
