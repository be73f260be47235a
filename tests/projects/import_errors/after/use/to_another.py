try:
    from tasks.new import Queue
except ModuleNotFoundError:
    from tasks.other import Queue
