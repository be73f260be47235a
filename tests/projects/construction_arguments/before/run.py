from use import generator, mapped

print([str(getattr(each, "parts", each))[:20] for each in mapped.letters("me")], len(generator.f("me")))
