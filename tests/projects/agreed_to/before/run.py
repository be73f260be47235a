from use import dropped, moved

print([each.parts for each in dropped.letters("me")], moved.g(moved.Box())[0])
