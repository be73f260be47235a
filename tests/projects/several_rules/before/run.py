from use import in_two_steps, suppressed, through_modules, together, typed

doors = together.door, in_two_steps.enter(), through_modules.enter(None)[0], suppressed.enter(), typed.enter(None)
print([(type(door).__name__, type(door.key).__name__) for door in doors], typed.enter.__annotations__, together.Bell)
