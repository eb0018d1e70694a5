"""A person found among millions as officers ask; pure, over arrays in files."""
