"""Published forms of lists (standards, registers), one YAML file each: by which headers a form is known, how its columns are read."""
