"""The pages' forms, one file for each group of pages."""
