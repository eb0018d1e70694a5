"""The rules of digital evidence: pure, without database or clock."""
