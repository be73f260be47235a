class Box:
    import parts.single

    bolt = parts.single.Bolt

    def later(self):
        import parts.single

        return parts.single.Bolt, self.parts.single


bolts = [Box.bolt]
