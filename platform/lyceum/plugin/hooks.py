"""Where a plugin answers what the platform asks: see the reference in `platform/docs/hooks.md`."""

from lyceum.kernel.plugins.hooks import Refusal, hookimpl

__all__ = ["Refusal", "hookimpl"]
