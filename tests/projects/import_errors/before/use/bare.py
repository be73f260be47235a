try:
    from tasks.gone import Queue
except:
    Queue = None
