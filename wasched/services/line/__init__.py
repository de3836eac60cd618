"""The line of an account in the worker: held, followed, and written down what it says."""
