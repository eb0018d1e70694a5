"""What mapping files of any service share: findings, encodings, forms of dates, files and JSON read in a stream. Pure."""
