"""Pure decisions of duty."""
