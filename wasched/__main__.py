"""`python -m wasched …`: see `wasched.cli`."""

from wasched.cli import main

if __name__ == "__main__":
    main()
