"""People from a file: read as a sheet, judged row by row, saved as a whole, undone."""
