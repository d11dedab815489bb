"""Whether an environment is well: all of it on one screen (status), and what is wrong and how to fix it (doctor)."""
