"""The six domains, named one by one."""

from tasks.interfaces import Domain

DOMAINS: tuple[Domain, ...] = ()
