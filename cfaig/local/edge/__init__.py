"""Workers that were uploaded to the local Cloudflare, on real workerd, in front of its gateways."""
