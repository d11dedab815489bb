"""`python -m cfaig` is `cfaig`."""

from cfaig.cli.main import main

if __name__ == "__main__":
    main()
