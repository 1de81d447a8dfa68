"""The optional second factor: a time-based code (TOTP), and recovery codes for a lost phone.

Each code opens once: the device remembers the last time step it accepted, a recovery code is deleted when
used. Recovery codes are stored as digests only.
"""

import hashlib
import secrets
from base64 import b32encode

from django.db import transaction
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.accounts.acts import tell
from portal.accounts.models import Person

RECOVERY_CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_NAME = "portal"


class CodeRefused(Exception):
    """The code does not open; the message says why, in Chinese."""


def has_second_factor(person: Person) -> bool:
    return TOTPDevice.objects.filter(user=person, confirmed=True).exists()


def recovery_codes_left(person: Person) -> int:
    device = StaticDevice.objects.filter(user=person, confirmed=True).first()
    return device.token_set.count() if device else 0


def _digest(code: str) -> str:
    """What is stored of a recovery code: 64 of the bits, as many as the column holds."""
    plain = "".join(letter for letter in code.lower() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


def check(person: Person, code: str):
    """Accept a code of the person's device, or a recovery code, and give the device that accepted it.

    :raises CodeRefused: wrong, already used, or too many wrong ones before.
    """
    code = "".join(code.split())
    is_time_code = code.isdigit() and len(code) == 6
    kind = TOTPDevice if is_time_code else StaticDevice
    # The counter of wrong codes must be kept: the refusal is raised outside the transaction.
    with transaction.atomic():
        device = kind.objects.select_for_update().filter(user=person, confirmed=True).first()
        if device is None:
            raise CodeRefused("验证码不正确。")
        allowed, wait = device.verify_is_allowed()
        accepted = allowed and device.verify_token(code if is_time_code else _digest(code))
    if not allowed:
        until = timezone.localtime(wait["locked_until"])
        raise CodeRefused(f"验证码刚才输错，请在 {until:%H:%M:%S} 之后再试。")
    if not accepted:
        raise CodeRefused("验证码不正确，或者已经用过。请等验证器显示下一个验证码后再填。")
    return device


def prepared(person: Person) -> TOTPDevice:
    """The device being set up; it counts only once a code from it was entered."""
    device, _ = TOTPDevice.objects.get_or_create(user=person, confirmed=False, defaults={"name": _NAME})
    return device


def secret_of(device: TOTPDevice) -> str:
    """The key for typing by hand, in groups of four."""
    key = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


@transaction.atomic
def confirm(person: Person, code: str) -> list[str] | None:
    """Switch the second factor on with a first code from the new device.

    Returns the recovery codes, to be shown once; ``None`` when the code is not the device's.
    """
    device = TOTPDevice.objects.select_for_update().filter(user=person, confirmed=False).first()
    if device is None or not device.verify_token("".join(code.split())):
        return None
    TOTPDevice.objects.filter(user=person, confirmed=True).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    tell("account.second_factor_on", by=person, about=person)
    return _new_codes(person)


@transaction.atomic
def new_recovery_codes(person: Person) -> list[str]:
    """Replace the recovery codes; the old ones no longer open."""
    codes = _new_codes(person)
    tell("account.recovery_codes", by=person, about=person)
    return codes


@transaction.atomic
def remove(person: Person, *, by: Person) -> None:
    """Switch the second factor off."""
    found, _ = TOTPDevice.objects.filter(user=person).delete()
    StaticDevice.objects.filter(user=person).delete()
    if found:
        tell("account.second_factor_off", by=by, about=person)


def _new_codes(person: Person) -> list[str]:
    StaticDevice.objects.filter(user=person).delete()
    device = StaticDevice.objects.create(user=person, name=_NAME)
    codes = [_code() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=_digest(code)) for code in codes)
    return codes


def _code() -> str:
    letters = "".join(secrets.choice(_LETTERS) for _ in range(10))
    return f"{letters[:5]}-{letters[5:]}"
