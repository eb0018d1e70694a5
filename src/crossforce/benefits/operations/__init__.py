"""Changes to benefits. One function is one change: permitted, judged, made, recorded, told."""
