from lib.functions import fetch as get
