from net.settings import Settings
