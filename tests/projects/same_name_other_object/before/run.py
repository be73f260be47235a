from app import chains, mixed, obvious, others, right, unknown
from sockets.impl import _Implementation

print([isinstance(each, _Implementation) for each in (obvious.made, *right.made, *mixed.made, *chains.made)])
print(unknown.name, unknown.Mode, others.make(int))
