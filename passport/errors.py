"""The one family of errors that services raise and that web and API translate."""


class PassportError(Exception):
    """Something the person can act on. `str(error)` is plain English that says what to do next.

    `words` are the English words as the catalogues of languages know them (marked `N_` where they
    stand), and `values` what is put into them: pages say the same in the reader's language.
    """

    def __init__(self, words: str = "", **values: object) -> None:
        self.words, self.values = words, values
        super().__init__(words % values if values else words)
