thing = "replaced by the import below"
from .thing import Part
