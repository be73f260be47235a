from core.engine import Motor as Unimportable
