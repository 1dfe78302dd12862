"""``python -m npcs``, the same as the command ``npcs``."""

from npcs.cli import main

if __name__ == "__main__":
    main()
