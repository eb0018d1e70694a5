"""Changes to budgets and what follows from them."""
