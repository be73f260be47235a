"""What the back end offers."""
