"""Reads of benefits. The first argument is who asks; what they may not read is not there."""
