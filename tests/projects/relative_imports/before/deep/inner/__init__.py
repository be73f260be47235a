from .new import Thing
