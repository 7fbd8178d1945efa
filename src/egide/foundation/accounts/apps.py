"""The room of accounts and who may touch its tables."""

from egide.foundation.wings.rooms import READ, WRITE, RoomConfig


class AccountsConfig(RoomConfig):
    """The web reads an account to sign it in and notes the moment; only the foundation wing makes one."""

    name = "egide.foundation.accounts"
    label = "foundation_accounts"
    verbose_name = "accounts"
    rights = {"Account": {"*": READ, "app": "SELECT, UPDATE (last_login, password, language)", "foundation": WRITE}}
