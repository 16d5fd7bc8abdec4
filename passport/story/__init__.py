"""What a story is: the section catalogue, writing and versions. The resident's own words."""
