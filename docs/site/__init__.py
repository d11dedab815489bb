"""Makes the documentation's site: stages the pages, generates the reference, and has zensical build it."""
