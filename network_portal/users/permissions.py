"""Who holds a network role."""


def is_coordinator(user, obj=None) -> bool:
    return bool(user.is_authenticated and user.is_coordinator)


def is_administrator(user, obj=None) -> bool:
    return bool(user.is_authenticated and user.is_administrator)


def is_coordinator_or_administrator(user, obj=None) -> bool:
    return is_coordinator(user) or is_administrator(user)
