"""A prior disclosure that counsel completes and files: its content once, and the page and workbook made of it."""

from analytics.cases.packet.disclosure.choosing import Selection
from analytics.cases.packet.disclosure.document import Disclosure, disclose
from analytics.cases.packet.disclosure.terms import ROLES, Terms

__all__ = ["ROLES", "Disclosure", "Selection", "Terms", "disclose"]
