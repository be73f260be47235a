from zoo.cats import Lion as L
from zoo.other import keep as feed

seen = [L, L, feed().__class__, feed]
