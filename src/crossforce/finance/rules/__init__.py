"""Pure decisions about money: integer pence in, integer pence out, and every penny belongs to someone."""
