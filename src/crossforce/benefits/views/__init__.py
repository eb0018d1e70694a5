"""Pages of benefits: request in, one call, page out."""
