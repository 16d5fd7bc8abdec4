"""What `make bench` measures. Each line printed is one JSON object."""
