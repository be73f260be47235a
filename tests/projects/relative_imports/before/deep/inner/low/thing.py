from ..new import Thing
