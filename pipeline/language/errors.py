"""The one error of the language step: a pipeline that cannot be used, with the way out."""


class LanguageModelError(Exception):
    """A language pipeline is missing, damaged or lacks what extraction needs; the message says what to do."""
