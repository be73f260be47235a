class Box:
    import parts.single

    bolt = parts.single.Bolt

    def later(self):
        import parts.single
        from parts.modern import Bolt

        return Bolt, self.parts.single


bolts = [Box.bolt]
