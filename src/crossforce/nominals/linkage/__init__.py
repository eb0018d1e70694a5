"""Which records of people, held by different forces, speak of one person; pure, over plain columns."""
