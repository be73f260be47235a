from kit.listed import *
