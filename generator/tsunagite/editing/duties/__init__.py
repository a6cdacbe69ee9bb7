"""Tables of responsible windows (担当表) as a workbook of two columns for each duty, and back into the YAML files, all or nothing."""
