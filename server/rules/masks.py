"""How names and numbers are shown until somebody opens them: 周**, 138****5678, 110***********002X."""


def name(value: str) -> str:
    """The first character, which may be a rare one outside the basic plane, and two stars; "" stays ""."""
    return f"{value[0]}**" if value else ""


def phone(value: str) -> str:
    """First three and last four places; a number of seven or fewer is hidden whole."""
    return _middle(value)


def id_number(value: str) -> str:
    """First three and last four places; a number of seven or fewer is hidden whole."""
    return _middle(value)


def id_last4(value: str) -> str:
    """What a phone shows of an identity number of which it holds the last four places only."""
    return "*" * 14 + value


def _middle(value: str) -> str:
    if len(value) <= 7:
        return "*" * len(value)
    return value[:3] + "*" * (len(value) - 7) + value[-4:]
