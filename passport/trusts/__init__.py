"""Organisations: registration, access tokens, grants, and the program that receives them."""
