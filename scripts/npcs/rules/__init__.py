"""The charter as rules: ``registry`` lists them, ``engine`` runs them.

Nothing is imported here, so that a check whose answer is known already need not load the rules.
"""
