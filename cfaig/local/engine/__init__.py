"""Finding or making a Pulumi engine where there is none."""
