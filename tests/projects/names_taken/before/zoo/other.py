from zoo.keeper import keep

Lion = "another"
