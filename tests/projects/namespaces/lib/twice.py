THERE = "lib"
