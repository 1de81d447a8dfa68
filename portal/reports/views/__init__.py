"""Pages of the annual report: writing it, the figures behind it, the lists, and the public's pages."""
