"""What people wrote: load with line numbers, validate, overlay, resolve."""
