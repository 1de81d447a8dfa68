"""What stops the supervisor, said in a sentence for the person at the keyboard."""


class Trouble(Exception):
    """A problem the operator can put right; its text says how, in Chinese and English."""
