"""Files that people add, made safe to keep and to hand on: bytes in, bytes out, no database."""
