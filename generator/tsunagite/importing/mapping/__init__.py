"""From the cells of a row to a draft of a record: columns to fields, texts to values, addresses to towns. Pure."""
