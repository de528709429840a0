"""What went wrong, in one line."""


class Failure(Exception):
    """A store or the place of its backups refused something, or did not answer."""
