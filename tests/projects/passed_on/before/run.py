import warnings

with warnings.catch_warnings(record=True):
    import show.compat

from show import starry, taking, typed, used_by_others, used_no_more

print([getattr(each, "__name__", each) for each in (*taking.plays, *starry.plays)], used_by_others.Play)
print(typed.f.__annotations__.keys(), typed.Both, used_no_more.play.title, taking.__dict__.get("Play"))
