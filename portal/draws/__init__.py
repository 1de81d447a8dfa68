"""Drawing lots in public (公开抽取): first the pool, then a seed before a witness; anybody does it again."""
