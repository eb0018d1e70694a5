"""What of the programme an actor may see."""
