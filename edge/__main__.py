"""`python -m edge`: the same as the command `plumbline`."""

from edge.cli import main

if __name__ == "__main__":
    main()
