"""What forces plan to do together: the register of ideas and collaborations, and the projects that make them real."""
