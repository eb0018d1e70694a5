"""Who the invented people of the demonstration are, and when they are on duty. Pure: no Django."""
