from ring.base import Band

band = Band()
