"""The county's periodic bulletin on filings (备案审查情况通报), composed from the records."""
