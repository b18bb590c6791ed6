"""Invented people of municipalities, who asked or were invited, and what four municipalities say of themselves."""

from network_portal.demo.data.sign_ins import FOCAL_POINT, STAFF

FOCAL, STAFF_KIND = "focal_point", "staff"

# slug of the town: (address, name, function, kind, months ago); the first one asks and the coordination answers
COLLEAGUES = {
    "odemira": [
        (FOCAL_POINT, "Graça Seabra", "Chefe da Divisão de Desenvolvimento Social", FOCAL, 40),
        (STAFF, "Rita Quaresma", "Conselheira local para a igualdade", STAFF_KIND, 26),
        ("ivo.saboia@cm-odemira.example", "Ivo Saboia", "Técnico de educação", STAFF_KIND, 14),
        ("luzia.relva@cm-odemira.example", "Luzia Relva", "Vereadora", STAFF_KIND, 9),
    ],
    "palmela": [
        ("ermelinda.poceirao@palmela.example", "Ermelinda Poceirão", "Técnica de participação", FOCAL, 31),
        ("helena.sarmento@cm-palmela.example", "Helena Sarmento", "Técnica de contratação pública", STAFF_KIND, 12),
        ("celso.marateca@cm-palmela.example", "Celso Marateca", "Técnico de recursos humanos", STAFF_KIND, 5),
    ],
    "cascais": [
        ("efigenia.murches@cascais.example", "Efigénia Murches", "Conselheira local para a igualdade", FOCAL, 38),
        ("otilia.manique@cm-cascais.example", "Otília Manique", "Assessora do pelouro da igualdade", FOCAL, 20),
    ],
    "vila-nova-de-gaia": [
        ("custodia.avintes@gaia.example", "Custódia Avintes", "Dirigente de recursos humanos", FOCAL, 33),
        ("baltasar.canelas@cm-gaia.example", "Baltasar Canelas", "Técnico de comunicação", STAFF_KIND, 7),
    ],
    "loule": [
        ("lucilia.benafim@loule.example", "Lucília Benafim", "Técnica de educação", FOCAL, 29),
        ("amancio.querenca@cm-loule.example", "Amâncio Querença", "Técnico de juventude", STAFF_KIND, 11),
    ],
    "amadora": [("noemia.brandoa@cm-amadora.example", "Noémia Brandoa", "Técnica de saúde comunitária", FOCAL, 36)],
    "mangualde": [("quiteria.tavares@cmmangualde.example", "Quitéria Tavares", "Técnica de emprego", FOCAL, 27)],
    "aljezur": [("jacinta.odeceixe@cm-aljezur.example", "Jacinta Odeceixe", "Técnica superior de educação", FOCAL, 22)],
    "povoa-de-lanhoso": [
        ("delfina.taide@mun-planhoso.example", "Delfina Taíde", "Conselheira local para a igualdade", FOCAL, 34)
    ],
    "evora": [("hortensia.valverde@evora.example", "Hortênsia Valverde", "Técnica de planeamento", FOCAL, 16)],
    "tomar": [("felismina.carregueiros@tomar.example", "Felismina Carregueiros", "Arquiteta", FOCAL, 13)],
    "castelo-branco": [("deolinda.alcains@castelobranco.example", "Deolinda Alcains", "Técnica de ação social", FOCAL, 18)],
    "fronteira": [("piedade.cabeco@fronteira.example", "Piedade Cabeço", "Adjunta da presidência", FOCAL, 10)],
}

# (slug of the town, address, name, function, days ago); Bragança has no focal point, so the coordination is asked
ASKED = [
    ("odemira", "duarte.milfontes@demo.example", "Duarte Milfontes", "Técnico de ação social", 2),
    ("braganca", "celina.rabal@demo.example", "Celina Rabal", "Técnica de educação", 6),
]
INVITED = [("odemira", "natercia.colos@demo.example", "Natércia Colos", "Técnica de cultura", 4)]

PRESENTATIONS = {
    "odemira": {
        "text": """\
A igualdade trabalha-se aqui com quem vive espalhado por um território grande: escolas pequenas, freguesias longe da sede e \
muitas pessoas que chegaram há pouco tempo para trabalhar no campo.

A equipa é de quatro pessoas. Reúne todos os meses com educação, saúde e habitação, e publica em março o que foi feito e o que \
ficou por fazer.

Texto inventado para a demonstração.""",
        "service": "Espaço Igualdade (exemplo)\nRua das Hortas, 12\nDias úteis, das 9h às 17h",
        "website": "https://www.odemira.example/igualdade",
        "email": "igualdade@odemira.example",
    },
    "palmela": {
        "text": """\
Começámos pelas contas: quanto se gasta, com quem, e quem decide. Daí nasceram as cláusulas sociais nos contratos e as \
assembleias com crianças ao colo.

Texto inventado para a demonstração.""",
        "service": "Gabinete para a Igualdade (exemplo)\nLargo do Chafariz, 3",
        "website": "https://www.palmela.example/igualdade",
        "email": "igualdade@palmela.example",
    },
    "cascais": {
        "text": """\
Há um plano para a igualdade em vigor e um relatório todos os anos, com números separados por sexo em cada serviço.

Texto inventado para a demonstração.""",
        "service": "",
        "website": "https://www.cascais.example/igualdade",
        "email": "igualdade@cascais.example",
    },
    "loule": {
        "text": """\
Trabalhamos com as escolas, do pré-escolar ao secundário, e com as famílias que fazem turnos no turismo.

Texto inventado para a demonstração.""",
        "service": "Casa da Igualdade (exemplo)\nTravessa do Poço, 7",
        "website": "",
        "email": "igualdade@loule.example",
    },
}
