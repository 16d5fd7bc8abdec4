"""How an owner gets in: sign-up, key slots, sessions, recovery."""
