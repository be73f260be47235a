RATES = {"EUR": 1}


def of(currency):
    return RATES[currency]
