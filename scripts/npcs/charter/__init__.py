"""The charter's life: its provisions, its approved revisions, and what changed between them."""
