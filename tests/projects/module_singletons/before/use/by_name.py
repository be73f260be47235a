from radio.lists import ListenerRegistry as Listeners

listeners = Listeners()


class OwnRegistry: ...


OwnRegistry = OwnRegistry()
