"""`python -m formcheck` is the same as `formcheck`."""

from formcheck.cli.app import main

if __name__ == "__main__":
    main()
