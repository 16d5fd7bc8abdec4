"""Tables and transactions. Columns that hold ciphertext are typed as such."""
