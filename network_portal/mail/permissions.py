"""Who may look into the outbox. Roles are fields of the user, asked without importing the model."""


def can_manage_outbox(user, obj=None) -> bool:
    return bool(user.is_authenticated and (user.is_coordinator or user.is_administrator))


def can_read_bodies(user, obj=None) -> bool:
    """Administrators keep the portal running; what mails say is not theirs to read."""
    return bool(user.is_authenticated and user.is_coordinator)
