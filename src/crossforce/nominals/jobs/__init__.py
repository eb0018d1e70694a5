"""What works for nominals beside the pages."""
