from show import Opera
from show.exporting import Comedy, Drama
from show.stars import *
from show.used_by_a_star import *
from show.used_by_others import Play as Other

stage_of = "of this module"
plays = [Opera, Comedy, Drama, Musical, Play, Other, play.title, stage_of]
