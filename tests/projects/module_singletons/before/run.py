from use import bound, by_name, not_bound, taking

print(type(taking.station).__name__, taking.left, type(by_name.OwnRegistry).__name__, not_bound.state, bound.rest)
