class One:
    other = Two.other


class Two:
    other = One.other
