"""What people do with accounts, said aloud. The audit room stands above this one and listens.

The signal is sent inside the transaction of the act, so that act and record stand or fall together.
"""

from django.dispatch import Signal

# Code → the words that the history shows.
ACTS = {
    "account.signed_in": "登录",
    "account.sign_in_failed": "登录失败",
    "account.locked": "登录失败次数过多，暂停登录",
    "account.signed_out": "退出登录",
    "account.session_over": "会话到时，自动退出",
    "account.session_ended": "结束登录会话",
    "account.password_changed": "修改密码",
    "account.second_factor_on": "启用动态口令",
    "account.second_factor_off": "停用动态口令",
    "account.recovery_codes": "生成恢复码",
    "account.created": "建立账号",
    "account.edited": "修改账号资料",
    "account.disabled": "停用账号",
    "account.enabled": "恢复账号",
    "account.password_reset": "重置密码",
    "account.role_granted": "授予角色",
    "account.role_withdrawn": "撤销角色",
}

acted = Signal()


def tell(act: str, *, by=None, about=None, summary: str = "", **payload) -> None:
    """Say that an act on an account took place.

    :param act: a key of :data:`ACTS`.
    :param by: who acted; ``None`` when nobody is signed in.
    :param about: whose account; its organisation's chain keeps the record, the system's when there is none.
    :raises KeyError: an act outside the vocabulary.
    """
    ACTS[act]
    acted.send(sender=tell, act=act, by=by, about=about, summary=summary, payload=payload)
