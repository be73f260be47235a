from core.engine import _Implementation as Engine
