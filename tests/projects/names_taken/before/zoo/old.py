from zoo.cats import Cougar as Puma, Lion
