from show.old import *

plays = [Opera, Play]
