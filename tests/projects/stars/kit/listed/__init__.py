__all__ = ["inner"]
