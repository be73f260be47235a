from chat.manager import Manager, Room, Store
