"""What the runtime knows of providers: addresses, where a key goes, how they tell of tokens, what tokens cost."""
