"""What arrived is understood here, and nowhere else: in a process of its own that can do nothing but compute.

`asking` begins one for each file and takes its answer; `work` is what runs in it, under what `confined` leaves it.
"""
