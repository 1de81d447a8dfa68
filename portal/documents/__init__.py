"""Papers of a case file: what is taken in, kept by digest, versioned, listed, shown and handed out (材料)."""
