from shop.everything import ( Price
                            , Order
                            , Rebate
                            )
