"""Benefits of collaborations: what was promised, from which baseline, what came of it, and for whom."""
