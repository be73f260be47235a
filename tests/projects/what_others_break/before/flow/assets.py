class Asset:
    def __init__(self, name="?"):
        self.name = name


class AssetAlias(Asset): ...
