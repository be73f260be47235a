from use import alias, chain, construct, exported, inside, quoted, shadowed, statements, tried, twice, typed
import flow.plugins.user

print(chain.task.command, alias.describe("described"), twice.same, inside.load().name, tried.found)
print(exported.__all__, shadowed.made, len(statements.made), flow.plugins.user.made)
print(construct.construct(), quoted.patched())
