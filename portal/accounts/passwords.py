"""Passwords: what one must be like, how it is changed, how old it may become.

Basis: GB/T 22239-2019 8.1.4.1 (鉴别信息具有复杂度要求并定期更换).
"""

import secrets
import string
from datetime import timedelta

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator, UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.accounts.acts import tell
from portal.accounts.models import PastPassword, Person
from portal.moment import today
from portal.organisations.policy import PolicyKey, declare, value

KEPT = 5
INITIAL_LENGTH = 14

PASSWORD_DAYS = declare(
    PolicyKey(
        "accounts.password_days",
        "密码最长使用天数（0 表示不限）",
        "number",
        90,
        "GB/T 22239-2019 8.1.4.1（鉴别信息定期更换）",
    )
)

_KINDS = (
    ("大写字母", str.isupper),
    ("小写字母", str.islower),
    ("数字", str.isdigit),
    ("符号", lambda letter: not letter.isalnum()),
)
# Without letters that are read for one another: the initial password is copied from a screen by hand.
_LETTERS = ("ABCDEFGHJKMNPQRSTUVWXYZ", "abcdefghjkmnpqrstuvwxyz", "23456789", "-+=@#%")


class UnlikeOneselfValidator(UserAttributeSimilarityValidator):
    """Not like the name, telephone or address of its owner; in the words of the other rules."""

    def get_help_text(self):
        return "密码不能与您的姓名、用户名、电话或者邮箱相近。"


class NotCommonValidator(CommonPasswordValidator):
    """None of the twenty thousand that are tried first."""

    def get_help_text(self):
        return "密码不能是常见的密码。"


class LongEnoughValidator:
    """At least ten characters."""

    least = 10

    def validate(self, password, user=None):
        if len(password) < self.least:
            raise ValidationError(self.get_help_text(), code="password_too_short")

    def get_help_text(self):
        return f"密码应当不少于 {self.least} 个字符。"


class ThreeKindsValidator:
    """Three of four kinds of characters: capitals, small letters, digits, signs."""

    needed = 3

    def validate(self, password, user=None):
        kinds = sum(any(is_one(letter) for letter in password) for _, is_one in _KINDS)
        if kinds < self.needed:
            raise ValidationError(self.get_help_text(), code="password_too_plain")

    def get_help_text(self):
        names = "、".join(name for name, _ in _KINDS)
        return f"密码应当包含{names}中的至少三类。"


class NotUsedBeforeValidator:
    """None of the last five passwords, the present one among them."""

    def validate(self, password, user=None):
        if user is None or user.pk is None:
            return
        earlier = PastPassword.objects.filter(person=user).values_list("password", flat=True)[:KEPT]
        if any(check_password(password, encoded) for encoded in {user.password, *earlier}):
            raise ValidationError(self.get_help_text(), code="password_used_before")

    def get_help_text(self):
        return f"新密码不能与最近 {KEPT} 次用过的密码相同。"


@transaction.atomic
def change_password(person: Person, password: str, *, by: Person, must_change: bool = False) -> None:
    """Set a validated password and remember it, so that it is not used again soon.

    :param must_change: the person has to choose another one at the next sign-in (set by an administrator).
    """
    person.set_password(password)
    person.password_changed_at = timezone.now()
    person.must_change_password = must_change
    person.save(update_fields=["password", "password_changed_at", "must_change_password"])
    PastPassword.objects.create(person=person, password=person.password)
    kept = PastPassword.objects.filter(person=person).values_list("pk", flat=True)[:KEPT]
    PastPassword.objects.filter(person=person).exclude(pk__in=list(kept)).delete()
    tell("account.password_reset" if by != person else "account.password_changed", by=by, about=person)


def initial_password() -> str:
    """A password for the first sign-in, shown once to the administrator and to nobody again."""
    letters = [secrets.choice(kind) for kind in _LETTERS]
    letters += [secrets.choice("".join(_LETTERS)) for _ in range(INITIAL_LENGTH - len(letters))]
    secrets.SystemRandom().shuffle(letters)
    # A sign at either end is easily lost when the password is read out.
    while letters[0] in string.punctuation or letters[-1] in string.punctuation:
        secrets.SystemRandom().shuffle(letters)
    return "".join(letters)


def is_too_old(person: Person) -> bool:
    """Whether the password has to be changed because of its age."""
    days = value(PASSWORD_DAYS.code, person.organisation, today())
    if not days:
        return False
    since = person.password_changed_at or person.created_at
    return timezone.now() - since > timedelta(days=days)
