class Animal:
    legs = 4
    Helper = int

    def speak(self):
        pass

    @staticmethod
    def count():
        pass

    class Inner:
        def deep(self):
            pass

    if legs:

        def sometimes(self):
            pass


class Dog(Animal):
    def bark(self):
        pass


class Twice:
    def early(self):
        pass


class Twice:
    def late(self):
        pass


if Animal.legs:

    class Variant:
        def first(self):
            pass

else:

    class Variant:
        def second(self):
            pass


Keeper = Animal
pet = Animal()


class Holder:
    held = Animal
    alike = held
