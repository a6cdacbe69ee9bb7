"""What a record is: pydantic models, one file per part. No file access, no clock."""
