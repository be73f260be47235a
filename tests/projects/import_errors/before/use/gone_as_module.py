try:
    import tasks.gone as queues
except ImportError:
    queues = None
