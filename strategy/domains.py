"""The six domains, named one by one."""

from clusters.domain import CLUSTERS
from ecosystem.domain import ECOSYSTEM
from investment.domain import INVESTMENT
from talent.domain import TALENT
from tasks.interfaces import Domain
from technology.domain import TECHNOLOGY
from trade.domain import TRADE

DOMAINS: tuple[Domain, ...] = (TECHNOLOGY, TALENT, CLUSTERS, ECOSYSTEM, INVESTMENT, TRADE)
