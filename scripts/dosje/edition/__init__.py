"""What follows from the records: links, backlinks, addresses, titles, orders. Nothing here is stored or worded."""
