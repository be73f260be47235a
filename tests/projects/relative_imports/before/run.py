import deep.beside
import deep.inner.low.user
import deep.inner.user
import deep.outer

for module in (deep.beside, deep.inner.low.user, deep.inner.user):
    print(*(type(each).__module__ + "." + type(each).__qualname__ for each in module.made))
print(deep.outer.OuterThing, deep.inner.low.Another, deep.Thing, deep.inner.low.user.later()[0].__class__, deep.outer.own())
