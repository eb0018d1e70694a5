"""Pure decisions about benefits: figures in, values and reasons out. Money is integer pence."""
