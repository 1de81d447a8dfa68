"""Addresses of the door and of one's own account."""

from django.urls import path

from portal.accounts import account_pages, views

app_name = "accounts"

public: list = []
staff = [
    path("sign-in/", views.SignInView.as_view(), name="sign-in"),
    path("sign-in/code/", views.SecondStepView.as_view(), name="second-step"),
    path("sign-out/", views.SignOutView.as_view(), name="sign-out"),
    path("account/", account_pages.AccountView.as_view(), name="account"),
    path("account/keep/", account_pages.KeepView.as_view(), name="keep"),
    path("account/password/", account_pages.PasswordView.as_view(), name="password"),
    path("account/sessions/end-others/", account_pages.EndSessionView.as_view(), name="end-others"),
    path("account/sessions/<int:pk>/end/", account_pages.EndSessionView.as_view(), name="end-session"),
    path("account/second-factor/", account_pages.SecondFactorView.as_view(), name="second-factor"),
    path("account/second-factor/remove/", account_pages.RemoveSecondFactorView.as_view(), name="second-factor-remove"),
    path("account/second-factor/codes/", account_pages.RecoveryCodesView.as_view(), name="recovery-codes"),
]
county: list = []
