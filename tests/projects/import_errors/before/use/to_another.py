try:
    from tasks.old import Queue
except ModuleNotFoundError:
    from tasks.other import Queue
