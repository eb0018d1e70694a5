"""The public register of collaborations: what is published of each agreement, for anyone to read."""
