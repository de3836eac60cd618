# What can be done here: `make help`. Python 3.11 or newer and make are enough to run wasched.
