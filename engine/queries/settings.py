"""The installation's settings on people and notices: what each is called, its default, and what it may be.

The defaults are those of GB/T 22239-2019 (身份鉴别, 访问控制) for the third grade.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from engine.attachments.kinds import USUAL
from engine.errors import InvalidInput, NotFound
from engine.store.tables.general import setting as setting_table
from engine.store.vault import Vault, is_sealed


class SettingUnknown(NotFound):
    """There is no setting with this name."""

    code = "identity.setting-unknown"


class SettingInvalid(InvalidInput):
    """The value is not what the setting may be."""

    code = "identity.setting-invalid"


HIDDEN = "******"
"""Stands for a secret's value."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: its default gives its type; whole numbers stay within ``smallest`` and ``largest``."""

    name: str
    label: str
    default: Any
    smallest: int = 0
    largest: int = 0
    choices: tuple[str, ...] = ()
    secret: bool = False

    def check(self, value: Any) -> Any:
        """Return the value as it is kept; raise SettingInvalid."""
        if type(value) is not type(self.default):
            kind = {bool: "true 或 false", int: "整数", str: "文字"}[type(self.default)]
            raise self._invalid(f"应为{kind}")
        if isinstance(value, int) and not isinstance(value, bool) and not self.smallest <= value <= self.largest:
            raise self._invalid(f"应在 {self.smallest} 到 {self.largest} 之间")
        if isinstance(value, str) and (len(value) > 500 or (self.choices and value not in self.choices)):
            raise self._invalid(f"应为 {'、'.join(self.choices)} 之一" if self.choices else "不能超过 500 个字")
        return value

    def _invalid(self, what: str) -> SettingInvalid:
        message = f"设置“{self.label}”{what}，请重新填写。"
        return SettingInvalid(message, details={"fields": {"value": [message]}})


SETTINGS: Mapping[str, Setting] = {
    item.name: item
    for item in (
        Setting("password.minimum-length", "密码最短位数", 10, 8, 64),
        Setting("password.kinds", "密码至少含几类字符", 3, 2, 4),
        Setting("password.history", "不得与最近几次密码相同", 5, 0, 24),
        Setting("password.expiry-days", "密码有效天数（0 为不限）", 90, 0, 3650),
        Setting("password.force-change", "首次登录或密码到期后须先修改密码", True),
        Setting("sign-in.failures", "连续输错几次锁定账号", 5, 1, 20),
        Setting("sign-in.lock-minutes", "锁定分钟数", 15, 1, 1440),
        Setting("session.idle-minutes", "无操作多少分钟后须重新登录", 30, 1, 480),
        Setting("session.lifetime-hours", "一次登录最长小时数", 12, 1, 72),
        Setting("accounts.stale-days", "多少天未登录视为久未使用的账号", 90, 1, 3650),
        Setting("notices.email.enabled", "发送电子邮件提醒", False),
        Setting("notices.email.host", "邮件服务器（SMTP）", ""),
        Setting("notices.email.port", "邮件服务器端口", 465, 1, 65535),
        Setting("notices.email.security", "邮件加密方式", "tls", choices=("tls", "starttls", "none")),
        Setting("notices.email.username", "邮件账号", ""),
        Setting("notices.email.password", "邮件密码", "", secret=True),
        Setting("notices.email.sender", "发件地址", ""),
        Setting("notices.page-address", "页面地址（写入邮件，供点击）", ""),
        Setting("documents.types", "允许上传的文件类型（扩展名，空格分隔）", USUAL),
        Setting("documents.largest-megabytes", "一个文件最大兆字节", 50, 1, 2000),
        Setting("documents.scanner", "病毒检查服务（tcp://主机:端口 或 unix:///路径，空为不检查）", ""),
        Setting("sealing.connection", "电子印章服务的连接名（空为不启用）", ""),
        Setting("sealing.path", "电子印章服务的路径", "seal"),
        Setting("documents.orphan-days", "上传后未提交的文件保留天数", 7, 1, 365),
    )
}
"""By name. A secret is shown to nobody and written into no event."""


class Policy:
    """The settings in force, read once; secrets can be read where a vault was given."""

    def __init__(self, values: Mapping[str, Any], vault: Vault | None = None) -> None:
        self._values = values
        self._vault = vault

    def whole(self, name: str) -> int:
        """Return a whole number."""
        return int(self._value(name))

    def flag(self, name: str) -> bool:
        """Return yes or no."""
        return bool(self._value(name))

    def text(self, name: str) -> str:
        """Return a text."""
        return str(self._value(name))

    def secret(self, name: str) -> str:
        """Return a secret as it was given. Raises SealBroken."""
        kept = self.text(name)
        if not is_sealed(kept):
            return kept
        if self._vault is None:
            raise RuntimeError(f"{name} is sealed, and these settings were read without the vault")
        return self._vault.open(kept, secret_owner(name))

    def _value(self, name: str) -> Any:
        return self._values.get(name, SETTINGS[name].default)


def policy_of(connection: Connection, vault: Vault | None = None) -> Policy:
    """Return the settings in force; ``vault`` opens secrets."""
    rows = connection.execute(select(setting_table.c.name, setting_table.c.value).where(_KNOWN))
    return Policy({row.name: row.value for row in rows}, vault)


def secret_owner(name: str) -> str:
    """Return for whom the value of a secret setting is sealed."""
    return f"setting {name}"


def setting_of(name: str) -> Setting:
    """Return what is known of a setting; raise SettingUnknown."""
    known = SETTINGS.get(name)
    if known is None:
        raise SettingUnknown(f"没有名为 {name} 的设置，请核对。")
    return known


_KNOWN = setting_table.c.name.in_(list(SETTINGS))
