"""Pages of major decisions. The case page, steps, papers and register are the portal's."""
