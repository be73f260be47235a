from show.stage import Musical, Play

play = Play("c")
