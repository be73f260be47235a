"""The baseline: violations that are accepted for now, in a file that can only become shorter by itself."""
