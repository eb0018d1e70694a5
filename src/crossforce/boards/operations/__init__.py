"""Changes to boards. One function is one change: permitted, judged, made, recorded, told."""
