import zoo.old
from zoo.cats import Lion as L
from zoo.other import keep as feed

seen = [zoo.old.Lion, L, L().__class__, feed]
