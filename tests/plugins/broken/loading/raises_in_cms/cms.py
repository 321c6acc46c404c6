raise RuntimeError("this file is broken")
