from show.stage import Play

play = Play("b")
