"""Programs that take part in a conversation."""
