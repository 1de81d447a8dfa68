"""Forms of signing in and of one's own account. Pasting is allowed everywhere; password managers are welcome."""

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

TOO_LONG = 128


class SignInForm(forms.Form):
    """User name and password; what is wrong with them is never told apart."""

    username = forms.CharField(
        label="用户名",
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        ),
    )
    password = forms.CharField(
        label="密码",
        max_length=TOO_LONG,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    next = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)


class CodeForm(forms.Form):
    """A code of the authenticator, or a recovery code."""

    code = forms.CharField(
        label="验证码",
        max_length=40,
        help_text="验证器上的六位数字；手机不在身边时，可以填一个恢复码。",
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        ),
    )


class FirstCodeForm(forms.Form):
    """The first code of a device being set up."""

    code = forms.CharField(
        label="验证器显示的六位数字",
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class OwnPasswordForm(forms.Form):
    """Asks for the present password before an act on one's own account."""

    def __init__(self, person, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person

    password = forms.CharField(
        label="当前密码",
        max_length=TOO_LONG,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_password(self):
        password = self.cleaned_data["password"]
        if not self.person.check_password(password):
            raise ValidationError("当前密码不正确。")
        return password


class PasswordForm(OwnPasswordForm):
    """A new password, typed once where it can be read and once more."""

    new_password = forms.CharField(
        label="新密码",
        max_length=TOO_LONG,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    repeated = forms.CharField(
        label="再次填写新密码",
        max_length=TOO_LONG,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_new_password(self):
        password = self.cleaned_data["new_password"]
        password_validation.validate_password(password, self.person)
        return password

    def clean(self):
        cleaned = super().clean()
        if "new_password" in cleaned and cleaned.get("repeated") not in (None, cleaned["new_password"]):
            self.add_error("repeated", "两次填写的新密码不一致。")
        return cleaned
