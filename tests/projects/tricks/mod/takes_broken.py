from mod.broken import SOURCE
