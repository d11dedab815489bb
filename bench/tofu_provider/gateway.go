package main

import (
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// gateway is a gateway's settings: in OpenTofu's state by the names of the official resource, in calls by the API's.
type gateway struct {
	ID                      string       `tfsdk:"id" json:"id"`
	AccountID               string       `tfsdk:"account_id" json:"-"`
	Authentication          *bool        `tfsdk:"authentication" json:"authentication,omitempty"`
	ByokOnly                *bool        `tfsdk:"byok_only" json:"byok_only,omitempty"`
	CacheInvalidateOnUpdate bool         `tfsdk:"cache_invalidate_on_update" json:"cache_invalidate_on_update"`
	CacheTTL                int64        `tfsdk:"cache_ttl" json:"cache_ttl"`
	CollectLogs             bool         `tfsdk:"collect_logs" json:"collect_logs"`
	DLP                     *dlp         `tfsdk:"dlp" json:"dlp,omitempty"`
	Guardrails              *guardrails  `tfsdk:"guardrails" json:"guardrails,omitempty"`
	LogClassification       *bool        `tfsdk:"log_classification" json:"log_classification,omitempty"`
	LogManagement           *int64       `tfsdk:"log_management" json:"log_management,omitempty"`
	LogManagementStrategy   *string      `tfsdk:"log_management_strategy" json:"log_management_strategy,omitempty"`
	Logpush                 *bool        `tfsdk:"logpush" json:"logpush,omitempty"`
	RateLimitingInterval    int64        `tfsdk:"rate_limiting_interval" json:"rate_limiting_interval"`
	RateLimitingLimit       int64        `tfsdk:"rate_limiting_limit" json:"rate_limiting_limit"`
	RateLimitingTechnique   *string      `tfsdk:"rate_limiting_technique" json:"rate_limiting_technique,omitempty"`
	RetryBackoff            *string      `tfsdk:"retry_backoff" json:"retry_backoff,omitempty"`
	RetryDelay              *int64       `tfsdk:"retry_delay" json:"retry_delay,omitempty"`
	RetryMaxAttempts        *int64       `tfsdk:"retry_max_attempts" json:"retry_max_attempts,omitempty"`
	SpendLimits             *spendLimits `tfsdk:"spend_limits" json:"spend_limits,omitempty"`
	WorkersAIBillingMode    *string      `tfsdk:"workers_ai_billing_mode" json:"workers_ai_billing_mode,omitempty"`
	ZDR                     *bool        `tfsdk:"zdr" json:"zdr,omitempty"`
	CreatedAt               types.String `tfsdk:"created_at" json:"-"`
	ModifiedAt              types.String `tfsdk:"modified_at" json:"-"`
	IsDefault               types.Bool   `tfsdk:"is_default" json:"-"`
}

type dlp struct {
	Enabled  bool     `tfsdk:"enabled" json:"enabled"`
	Policies []policy `tfsdk:"policies" json:"policies"`
}

type policy struct {
	ID       string   `tfsdk:"id" json:"id"`
	Action   string   `tfsdk:"action" json:"action"`
	Check    []string `tfsdk:"check" json:"check"`
	Enabled  bool     `tfsdk:"enabled" json:"enabled"`
	Profiles []string `tfsdk:"profiles" json:"profiles"`
}

type guardrails struct {
	Prompt   categories `tfsdk:"prompt" json:"prompt"`
	Response categories `tfsdk:"response" json:"response"`
}

type categories struct {
	P1  *string `tfsdk:"p1" json:"P1,omitempty"`
	S1  *string `tfsdk:"s1" json:"S1,omitempty"`
	S2  *string `tfsdk:"s2" json:"S2,omitempty"`
	S3  *string `tfsdk:"s3" json:"S3,omitempty"`
	S4  *string `tfsdk:"s4" json:"S4,omitempty"`
	S5  *string `tfsdk:"s5" json:"S5,omitempty"`
	S6  *string `tfsdk:"s6" json:"S6,omitempty"`
	S7  *string `tfsdk:"s7" json:"S7,omitempty"`
	S8  *string `tfsdk:"s8" json:"S8,omitempty"`
	S9  *string `tfsdk:"s9" json:"S9,omitempty"`
	S10 *string `tfsdk:"s10" json:"S10,omitempty"`
	S11 *string `tfsdk:"s11" json:"S11,omitempty"`
	S12 *string `tfsdk:"s12" json:"S12,omitempty"`
	S13 *string `tfsdk:"s13" json:"S13,omitempty"`
}

type spendLimits struct {
	Enabled bool        `tfsdk:"enabled" json:"enabled"`
	Rules   []spendRule `tfsdk:"rules" json:"rules"`
}

type spendRule struct {
	ID        string            `tfsdk:"id" json:"id"`
	Enabled   bool              `tfsdk:"enabled" json:"enabled"`
	Limit     float64           `tfsdk:"limit" json:"limit"`
	LimitType string            `tfsdk:"limit_type" json:"limitType"`
	Window    int64             `tfsdk:"window" json:"window"`
	Technique string            `tfsdk:"technique" json:"technique"`
	Metadata  map[string]choice `tfsdk:"metadata" json:"metadata,omitempty"`
	Model     *choice           `tfsdk:"model" json:"model,omitempty"`
	Provider  *choice           `tfsdk:"ai_gateway_provider" json:"provider,omitempty"`
}

type choice struct {
	Mode   string   `tfsdk:"mode" json:"mode"`
	Values []string `tfsdk:"values" json:"values,omitempty"`
}

// UnmarshalJSON reads an answer. What only the server knows is not in calls and unknown in plans, so it has types and
// no names of its own above.
func (one *gateway) UnmarshalJSON(text []byte) error {
	type plain gateway
	answer := struct {
		*plain
		CreatedAt  string `json:"created_at"`
		ModifiedAt string `json:"modified_at"`
		IsDefault  bool   `json:"is_default"`
	}{plain: (*plain)(one)}
	if err := json.Unmarshal(text, &answer); err != nil {
		return err
	}
	one.CreatedAt = types.StringValue(answer.CreatedAt)
	one.ModifiedAt = types.StringValue(answer.ModifiedAt)
	one.IsDefault = types.BoolValue(answer.IsDefault)
	return nil
}
