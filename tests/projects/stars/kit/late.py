Late = object()
