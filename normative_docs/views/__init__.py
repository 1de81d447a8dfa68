"""Pages of normative documents. The case page, steps, papers and register are the portal's."""
