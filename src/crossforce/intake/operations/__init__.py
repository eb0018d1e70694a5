"""What is done with files that somebody sends, whatever is made of them."""
