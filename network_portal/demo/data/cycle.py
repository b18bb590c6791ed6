"""The cycle: the title and the themes are those of the network's project of 2024, the texts are new."""

SLUG = "praticas-promotoras-da-igualdade"
CYCLE = {
    "title": "Práticas Promotoras da Igualdade",
    "language": "pt",
    "summary": "Cinco manhãs em que os municípios mostram o que fizeram, o que falhou e o que outros podem aproveitar.",
    "text": """\
A igualdade entre mulheres e homens decide-se em coisas concretas: a que horas fecha uma creche, quem é ouvido antes de se \
desenhar um autocarro, como se escreve um aviso de concurso. É nos municípios que muitas dessas decisões são tomadas.

Este ciclo junta pessoal técnico, dirigentes, conselheiras e conselheiros para a igualdade e pessoas eleitas. Em cada webinar, \
dois ou três municípios apresentam uma prática com números e dificuldades, alguém de fora comenta, e o grupo discute como a \
levar para outro território. Olhamos sempre para o cruzamento do género com outras desigualdades: idade, deficiência, origem, \
condição económica, lugar onde se vive.

## O que fica de cada webinar

- uma ficha por prática apresentada, com contactos e custos;
- a gravação, com legendas revistas;
- uma lista curta de passos para começar na semana seguinte.

A participação é gratuita. Se o webinar encher, há lista de espera, e cada lugar que vaga é logo de quem está à frente.""",
    "funder": "Apoio Técnico e Financeiro às Organizações Não Governamentais de Mulheres",
    "target_webinars": 5,
    "target_participations": 250,
    "target_municipalities": 25,
    "target_recordings": 5,
    "is_published": True,
}
ACCESS_NOTE = "com legendas em direto e língua gestual"

SPEAKERS = {  # name: (role, organisation)
    "Alice Monteverde": ("investigadora em educação e género", "Centro de Estudos Género e Território"),
    "Simão Falcoeiro": ("técnico superior de educação", "Município de Loulé"),
    "Inês Calhandra": ("diretora de um agrupamento de escolas", "Agrupamento de Escolas Vale das Amoras"),
    "Célia Rosmaninho": ("conselheira para a igualdade", "Município da Amadora"),
    "Graça Alfarrobeira": ("médica de saúde pública", "Observatório Saúde e Comunidade"),
    "Djamila Tavira": ("mediadora de saúde", "Associação Vizinhas do Bairro"),
    "Horácio Penedo": ("técnico superior de ação social", "Município de Odemira"),
    "Manuela Serpins": ("chefe de divisão de saúde", "Município de Cascais"),
    "Vitória Caldeirão": ("economista do trabalho", "Laboratório Trabalho e Igualdade"),
    "Leonor Tramagal": ("dirigente de recursos humanos", "Município de Vila Nova de Gaia"),
    "Baltazar Moncarapacho": ("jurista de contratação pública", "Município de Palmela"),
    "Olívia Ferradosa": ("coordenadora de um gabinete de emprego", "Município de Mangualde"),
    "Rosário Alcaria": ("socióloga da família", "Centro de Estudos Género e Território"),
    "Jacinto Ameixial": ("técnico superior de ação social", "Município da Póvoa de Lanhoso"),
    "Marília Pontével": ("cuidadora e dirigente associativa", "Associação Quem Cuida"),
    "Noémia Alvorninha": ("conselheira para a igualdade", "Município de Aljezur"),
    "Eunice Carvoeira": ("politóloga", "Laboratório Democracia Local"),
    "Aurora Benquerença": ("técnica superior de participação", "Município de Palmela"),
    "Salomé Vidigueira": ("mediadora intercultural", "Associação Terra e Voz"),
    "Amadeu Corticeiro": ("técnico superior de juventude", "Município da Amadora"),
    "Teresa Lobo": ("coordenadora do ciclo", "Questão de Igualdade"),
}
