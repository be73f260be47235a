"""A small chat back end: people and agents talk over websockets."""
