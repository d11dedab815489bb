package main

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

type attributes = map[string]schema.Attribute

func (*gateways) Schema(_ context.Context, _ resource.SchemaRequest, told *resource.SchemaResponse) {
	replaces := []planmodifier.String{stringplanmodifier.RequiresReplace()}
	stays := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}
	told.Schema = schema.Schema{Attributes: attributes{
		"id":                         schema.StringAttribute{Required: true, PlanModifiers: replaces},
		"account_id":                 schema.StringAttribute{Required: true, PlanModifiers: replaces},
		"authentication":             schema.BoolAttribute{Optional: true},
		"byok_only":                  schema.BoolAttribute{Optional: true},
		"cache_invalidate_on_update": schema.BoolAttribute{Required: true},
		"cache_ttl":                  schema.Int64Attribute{Required: true},
		"collect_logs":               schema.BoolAttribute{Required: true},
		"dlp":                        dlpSchema,
		"guardrails":                 guardrailsSchema,
		"log_classification":         schema.BoolAttribute{Optional: true},
		"log_management":             schema.Int64Attribute{Optional: true},
		"log_management_strategy":    schema.StringAttribute{Optional: true},
		"logpush":                    schema.BoolAttribute{Optional: true},
		"rate_limiting_interval":     schema.Int64Attribute{Required: true},
		"rate_limiting_limit":        schema.Int64Attribute{Required: true},
		"rate_limiting_technique":    schema.StringAttribute{Optional: true},
		"retry_backoff":              schema.StringAttribute{Optional: true},
		"retry_delay":                schema.Int64Attribute{Optional: true},
		"retry_max_attempts":         schema.Int64Attribute{Optional: true},
		"spend_limits":               spendSchema,
		"workers_ai_billing_mode":    schema.StringAttribute{Optional: true},
		"zdr":                        schema.BoolAttribute{Optional: true},
		"created_at":                 schema.StringAttribute{Computed: true, PlanModifiers: stays},
		"modified_at":                schema.StringAttribute{Computed: true},
		"is_default":                 schema.BoolAttribute{Computed: true},
	}}
}

var words = schema.ListAttribute{Required: true, ElementType: types.StringType}

var dlpSchema = schema.SingleNestedAttribute{Optional: true, Attributes: attributes{
	"enabled": schema.BoolAttribute{Required: true},
	"policies": schema.ListNestedAttribute{Optional: true, NestedObject: schema.NestedAttributeObject{Attributes: attributes{
		"id":       schema.StringAttribute{Required: true},
		"action":   schema.StringAttribute{Required: true},
		"check":    words,
		"enabled":  schema.BoolAttribute{Required: true},
		"profiles": words,
	}}},
}}

var guardrailsSchema = schema.SingleNestedAttribute{Optional: true, Attributes: attributes{
	"prompt":   schema.SingleNestedAttribute{Required: true, Attributes: categorySchema()},
	"response": schema.SingleNestedAttribute{Required: true, Attributes: categorySchema()},
}}

func categorySchema() attributes {
	made := attributes{}
	for _, name := range []string{
		"p1", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13",
	} {
		made[name] = schema.StringAttribute{Optional: true}
	}
	return made
}

var spendSchema = schema.SingleNestedAttribute{Optional: true, Attributes: attributes{
	"enabled": schema.BoolAttribute{Required: true},
	"rules": schema.ListNestedAttribute{Required: true, NestedObject: schema.NestedAttributeObject{Attributes: attributes{
		"id":                  schema.StringAttribute{Required: true},
		"enabled":             schema.BoolAttribute{Required: true},
		"limit":               schema.Float64Attribute{Required: true},
		"limit_type":          schema.StringAttribute{Required: true},
		"window":              schema.Int64Attribute{Required: true},
		"technique":           schema.StringAttribute{Required: true},
		"metadata":            schema.MapNestedAttribute{Optional: true, NestedObject: schema.NestedAttributeObject{Attributes: choiceSchema}},
		"model":               schema.SingleNestedAttribute{Optional: true, Attributes: choiceSchema},
		"ai_gateway_provider": schema.SingleNestedAttribute{Optional: true, Attributes: choiceSchema},
	}}},
}}

var choiceSchema = attributes{
	"mode":   schema.StringAttribute{Required: true},
	"values": schema.ListAttribute{Optional: true, ElementType: types.StringType},
}
