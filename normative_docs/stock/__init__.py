"""Documents that were issued before the portal: a list or a packet of files, read, shown, confirmed by a person."""
