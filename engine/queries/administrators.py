"""The three administrators' roles (三员分立), as GB/T 22239-2019 has them under 安全管理中心."""

from __future__ import annotations

ADMINISTRATORS = "系统管理员"
SECURITY = "安全管理员"
AUDITORS = "审计管理员"
EXCLUSIVE = (ADMINISTRATORS, SECURITY, AUDITORS)
"""Nobody holds two of them."""
