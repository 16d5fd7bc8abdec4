"""Taking a story out, bringing it in, and erasing it."""
