"""Records as workbooks to edit in Excel, and the edits back into the YAML files, all or nothing."""
