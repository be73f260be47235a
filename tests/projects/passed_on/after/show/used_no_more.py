from show.stage import Play, stage_of

play = stage_of(title="a")
