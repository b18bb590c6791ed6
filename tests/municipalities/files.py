"""Exchange files made in memory."""

import io

HEADING = "code_scheme,code,name,province_or_district,region,country,nuts3,latitude,longitude,population"
ODEMIRA = "DICO,0211,Odemira,Beja,Alentejo,PT,PT1C1,37.59692,-8.64011,24717"
LAGOA_FARO = "DICO,0806,Lagoa,Faro,Algarve,PT,PT150,37.13535,-8.45319,22762"
LAGOA_ACORES = "DICO,4201,Lagoa,Açores,Região Autónoma dos Açores,PT,PT200,37.74486,-25.57184,14721"
LANHOSO = "DICO,0309,Póvoa de Lanhoso,Braga,Norte,PT,PT119,41.57540,-8.26880,21499"
GAIA = "DICO,1317,Vila Nova de Gaia,Porto,Norte,PT,PT11A,41.12401,-8.61241,300472"
TOWNS = [ODEMIRA, LAGOA_FARO, LAGOA_ACORES, LANHOSO, GAIA]


def register_file(*rows: str, heading: str = HEADING, encoding: str = "utf-8") -> io.BytesIO:
    return io.BytesIO("\r\n".join([heading, *rows, ""]).encode(encoding))
