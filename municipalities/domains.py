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
PROVINCES = """
    ag al an ao ap aq ar at av ba bg bi bl bn bo br bs bt bz ca cb ce ch cl cn co cr cs ct cz en fc fe fg fi fm fr ge go gr im
    is kr lc le li lo lt lu mb mc me mi mn mo ms mt na no nu og or ot pa pc pd pe pg pi pn po pr pt pu pv pz ra rc re rg ri rm
    rn ro sa si so sp sr ss sv ta te tn to tp tr ts tv ud va vb vc ve vi vr vs vt vv
"""  # of Italy: comune.ivrea.to.it
SHARED = {f"{province}.it" for province in PROVINCES.split()} | {  # many bodies have their own domain below these
    "ac.uk", "altanet.org", "azores.gov.pt", "co.uk", "com.es", "com.pt", "ddgi.cat", "diba.cat", "edu.es", "edu.it", "edu.pt",
    "gencat.cat", "gob.es", "gov.it", "gov.pt", "gov.uk", "madeira.gov.pt", "net.pt", "nom.es", "nome.pt", "org.es", "org.pt",
    "org.uk", "publ.pt",
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
