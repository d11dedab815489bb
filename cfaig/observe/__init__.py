"""What happens on the gateways: logs and analytics, read from the account and shown."""
