// The provider that `python -m bench tofu` gives to OpenTofu where the official one cannot be had: one resource type,
// cloudflare_ai_gateway, with the attributes and the calls of the official one, through Cloudflare's own Go client.
// It has no other of the official provider's types, whose schemas OpenTofu reads at every start.
package main

import (
	"context"
	"log"

	"github.com/cloudflare/cloudflare-go/v6"
	"github.com/cloudflare/cloudflare-go/v6/option"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// The framework wants one; OpenTofu finds the provider by its file, whatever this says.
const address = "bench.example/cloudflare/cloudflare"

type account struct{}

type settings struct {
	APIToken *string `tfsdk:"api_token"`
	BaseURL  *string `tfsdk:"base_url"`
}

func (account) Metadata(_ context.Context, _ provider.MetadataRequest, told *provider.MetadataResponse) {
	told.TypeName = "cloudflare"
}

func (account) Schema(_ context.Context, _ provider.SchemaRequest, told *provider.SchemaResponse) {
	told.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"api_token": schema.StringAttribute{Optional: true, Sensitive: true},
		"base_url":  schema.StringAttribute{Optional: true},
	}}
}

// Configure makes the client, which reads CLOUDFLARE_API_TOKEN and CLOUDFLARE_BASE_URL by itself.
func (account) Configure(ctx context.Context, asked provider.ConfigureRequest, told *provider.ConfigureResponse) {
	var given settings
	told.Diagnostics.Append(asked.Config.Get(ctx, &given)...)
	options := []option.RequestOption{}
	if given.APIToken != nil {
		options = append(options, option.WithAPIToken(*given.APIToken))
	}
	if given.BaseURL != nil {
		options = append(options, option.WithBaseURL(*given.BaseURL))
	}
	told.ResourceData = cloudflare.NewClient(options...)
}

func (account) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return &gateways{} }}
}

func (account) DataSources(context.Context) []func() datasource.DataSource { return nil }

func main() {
	serve := func() provider.Provider { return account{} }
	if err := providerserver.Serve(context.Background(), serve, providerserver.ServeOpts{Address: address}); err != nil {
		log.Fatal(err)
	}
}
