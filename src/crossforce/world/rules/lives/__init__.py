"""The invented people of the demonstration: who they are, what happens to them, and what each force holds of it.

Pure, and drawn from a seed: the same people on whatever day and machine they are made. They are made by the block
of a hundred lives, and no block needs another, so that the first blocks are a smaller world of the same people.
"""
