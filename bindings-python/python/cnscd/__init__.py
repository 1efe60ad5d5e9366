"""Rules for Vietnam's community digital technology teams (tổ công nghệ số cộng đồng)."""

from cnscd._native import Register, version

__all__ = ["Register", "version"]
