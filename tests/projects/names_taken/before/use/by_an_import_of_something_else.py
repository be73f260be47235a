import zoo.old
from zoo.other import Lion

seen = [zoo.old.Lion, Lion]
