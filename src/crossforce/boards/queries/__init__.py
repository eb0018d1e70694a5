"""What boards are asked: who sits and governs, what is due, what was decided."""
