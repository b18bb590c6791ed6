"""Mail domains as people write them, and those that say nothing about where a person works."""

from django.utils.translation import gettext as _

from municipalities.errors import DomainNotAllowed
from network_portal.common.text import clean_line
from network_portal.users.fields import is_email_address

LONGEST = 120  # characters
FOR_EVERYBODY = {  # anybody can have an address there
    "aol.com", "clix.pt", "gmail.com", "gmx.com", "gmx.net", "googlemail.com", "hotmail.com", "hotmail.es", "hotmail.it",
    "icloud.com", "iol.pt", "libero.it", "live.com", "live.com.pt", "mail.com", "mail.pt", "mail.telepac.pt", "me.com", "msn.com",
    "netcabo.pt", "outlook.com", "outlook.es", "outlook.it", "outlook.pt", "portugalmail.pt", "proton.me", "protonmail.com",
    "sapo.pt", "telepac.pt", "tutanota.com", "vodafone.pt", "yahoo.com", "yahoo.es", "yahoo.it", "ymail.com", "zoho.com",
}  # fmt: skip
SHARED = {  # many bodies have their own domain below these
    "co.uk", "com.es", "com.pt", "edu.es", "edu.it", "edu.pt", "gob.es", "gov.it", "gov.pt", "net.pt", "nom.es", "nome.pt",
    "org.es", "org.pt", "publ.pt",
}  # fmt: skip


def clean_domain(typed: str) -> str:
    """The domain in ``typed``: "cm-odemira.pt", "@CM-Odemira.pt" or a whole address. Raises DomainNotAllowed."""
    domain = clean_line(typed.replace("\0", " ")).lower().rpartition("@")[2].strip(" .")
    words = {"domain": clean_line(typed.replace("\0", " "))[:LONGEST]}
    if len(domain) > LONGEST or not is_email_address(f"a@{domain}"):
        raise DomainNotAllowed(_("“%(domain)s” is not a mail domain. Write it like cm-odemira.pt") % words)
    if domain in FOR_EVERYBODY:
        raise DomainNotAllowed(_("Anybody can have an address at %(domain)s: it proves nothing") % {"domain": domain})
    if domain in SHARED:
        raise DomainNotAllowed(_("%(domain)s belongs to many bodies. Write the municipality's own domain") % {"domain": domain})
    return domain
