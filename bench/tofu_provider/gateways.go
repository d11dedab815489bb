package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/cloudflare/cloudflare-go/v6"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

const notFound = 404

// gateways makes and reads AI Gateways: one call for each operation.
type gateways struct{ client *cloudflare.Client }

type envelope struct {
	Result gateway `json:"result"`
}

// of is the gateway of an answer, which does not tell its account.
func (given *envelope) of(account string) *gateway {
	given.Result.AccountID = account
	return &given.Result
}

func (*gateways) Metadata(_ context.Context, asked resource.MetadataRequest, told *resource.MetadataResponse) {
	told.TypeName = asked.ProviderTypeName + "_ai_gateway"
}

func (each *gateways) Configure(_ context.Context, asked resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	// Nil while OpenTofu only checks the configuration.
	each.client, _ = asked.ProviderData.(*cloudflare.Client)
}

func (each *gateways) Create(ctx context.Context, asked resource.CreateRequest, told *resource.CreateResponse) {
	var wanted gateway
	told.Diagnostics.Append(asked.Plan.Get(ctx, &wanted)...)
	if told.Diagnostics.HasError() {
		return
	}
	var made envelope
	if err := each.client.Post(ctx, wanted.all(), wanted, &made); failed(err, &told.Diagnostics) {
		return
	}
	told.Diagnostics.Append(told.State.Set(ctx, made.of(wanted.AccountID))...)
}

func (each *gateways) Read(ctx context.Context, asked resource.ReadRequest, told *resource.ReadResponse) {
	var known gateway
	told.Diagnostics.Append(asked.State.Get(ctx, &known)...)
	if told.Diagnostics.HasError() {
		return
	}
	var found envelope
	err := each.client.Get(ctx, known.own(), nil, &found)
	if missing(err) {
		told.Diagnostics.AddWarning("Resource not found", "It is not on the server and will be removed from state.")
		told.State.RemoveResource(ctx)
		return
	}
	if failed(err, &told.Diagnostics) {
		return
	}
	told.Diagnostics.Append(told.State.Set(ctx, found.of(known.AccountID))...)
}

func (each *gateways) Update(ctx context.Context, asked resource.UpdateRequest, told *resource.UpdateResponse) {
	var wanted gateway
	told.Diagnostics.Append(asked.Plan.Get(ctx, &wanted)...)
	if told.Diagnostics.HasError() {
		return
	}
	var made envelope
	if err := each.client.Put(ctx, wanted.own(), wanted, &made); failed(err, &told.Diagnostics) {
		return
	}
	told.Diagnostics.Append(told.State.Set(ctx, made.of(wanted.AccountID))...)
}

func (each *gateways) Delete(ctx context.Context, asked resource.DeleteRequest, told *resource.DeleteResponse) {
	var known gateway
	told.Diagnostics.Append(asked.State.Get(ctx, &known)...)
	if told.Diagnostics.HasError() {
		return
	}
	failed(each.client.Delete(ctx, known.own(), nil, nil), &told.Diagnostics)
}

func missing(err error) bool {
	var refused *cloudflare.Error
	return errors.As(err, &refused) && refused.StatusCode == notFound
}

func failed(err error, told *diag.Diagnostics) bool {
	if err != nil {
		told.AddAttributeError(path.Root("id"), "failed to make http request", err.Error())
	}
	return err != nil
}

func (one *gateway) all() string {
	return fmt.Sprintf("accounts/%s/ai-gateway/gateways", one.AccountID)
}

func (one *gateway) own() string { return one.all() + "/" + one.ID }
