"""Changes to nominals. One function is one change: permitted, judged, made, recorded, told."""
