from use.bound import annotated, plain as station
from .bound import (
    left,
    # a comment
    middle,
)
