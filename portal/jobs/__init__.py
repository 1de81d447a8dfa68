"""Work that outlives a request: rows written in the transaction, run by the worker."""
