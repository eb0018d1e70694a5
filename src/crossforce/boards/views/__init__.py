"""Pages of boards, for whoever keeps them."""
