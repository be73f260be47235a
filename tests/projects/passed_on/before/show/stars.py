from show.stage import *
