"""What an import would do: three-way merge of the last list, the record and today's list; decisions people wrote down."""
