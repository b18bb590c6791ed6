"""A person's account. The e-mail address is the login; codes sent to it take the place of passwords."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network_portal.common.defaults import network_language


class UserManager(BaseUserManager):
    def create_user(self, email: str, *, name: str = "", language: str = "", **roles):
        """A person without a password; ``email`` is stored in lower case. The network's language where none is given."""
        user = self.model(email=email.strip().lower(), name=name, language=language or settings.LANGUAGE_CODE, **roles)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str):
        return self.get(email=email.strip().lower())


class User(AbstractBaseUser):
    """A person. Network roles are two flags: coordinators run the content, administrators the technique."""

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(_("full name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=8, default=network_language)
    is_coordinator = models.BooleanField(_("coordinator"), default=False)
    is_administrator = models.BooleanField(_("administrator"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_in_lower_case")]

    def __str__(self):
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        """Django's admin is for administrators only."""
        return self.is_administrator

    def has_perm(self, perm, obj=None) -> bool:
        return self.is_active and self.is_administrator

    def has_module_perms(self, app_label) -> bool:
        return self.is_active and self.is_administrator
