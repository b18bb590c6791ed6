"""Signing in by code on one screen, for known and unknown addresses alike.

django-allauth keeps the codes, the attempts and the session. Its process asks first who has the address; ours never
does: the same code goes out either way, and the account is looked up or made when the code proves the address.
``LoginCodeVerificationProcess`` is internal to allauth, so its version is pinned and ``tests/users`` walks through it.
"""

import uuid
from datetime import timedelta

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.utils import timezone
from django.utils.translation import get_language

from network_portal.mail import outbox
from network_portal.users import services

MOST_RESENDS = 5


class SignInByCode(LoginCodeVerificationProcess):
    """One attempt to sign in, kept in the session: an address, its code, wrong codes so far."""

    @classmethod
    def start(cls, request, email: str) -> "SignInByCode":
        login = Login(user=None, email=email)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=None, email=email), initiated_by_user=True, id=str(uuid.uuid4()))
        process = cls(stage)
        process.send()
        process.persist()
        return process

    @classmethod
    def pending(cls, request) -> "SignInByCode | None":
        """The attempt that this session has under way, unless its code is too old."""
        stage = LoginStageController.enter(request, LoginByCodeStage.key)
        return cls(stage).abort_if_invalid() if stage else None

    @property
    def email(self) -> str:
        return self.state["email"]

    @property
    def resends(self) -> int:
        return self.state["resend_count"]

    @property
    def can_resend(self) -> bool:
        return not self.is_resend_quota_reached(MOST_RESENDS)

    def resend(self) -> None:
        """A new code takes the place of the old one, whose mail is taken back if it has not gone yet."""
        outbox.withdraw(about=self._about)
        self.record_resend()
        self.send()
        self.persist()

    def send_by_email(self, email: str, skip_enumeration_mails: bool = False) -> None:
        context = {
            "code": self.generate_code(),
            "minutes": app_settings.LOGIN_BY_CODE_TIMEOUT // 60,
            "key": f"{self._about}:{self.resends}",
            "about": self._about,
            "send_before": timezone.now() + timedelta(seconds=app_settings.LOGIN_BY_CODE_TIMEOUT),
        }
        get_adapter(self.request).send_mail("users/sign_in_code", email, context)

    def finish(self, redirect_url: str | None):
        """The code was right: the address is proved, so its account exists from now on."""
        self._user = self.stage.login.user = services.person_who_proved(self.email, language=get_language())
        return super().finish(redirect_url)

    @property
    def _about(self) -> str:
        return f"sign_in:{self.state['id']}"
