from show.old import Opera, Play, stage_of
