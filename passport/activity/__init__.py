"""What was done to a passport, by whom and when: append-only, sealed, and chained."""
