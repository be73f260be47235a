from show.stage import Musical as Opera
