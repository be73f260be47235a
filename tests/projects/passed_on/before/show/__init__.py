from show.old import Opera
