"""Pages of agreements, for those who work with them."""
