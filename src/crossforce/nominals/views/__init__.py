"""Pages of nominals: request in, one call, page out. Each part has a module, and a block in `urls.py`."""
