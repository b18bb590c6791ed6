"""The two last webinars of the cycle."""

HOST = "Teresa Lobo"
BREAK = "Intervalo"

FOURTH = {
    "slug": "partilhar-o-cuidado",
    "title": "Partilhar o cuidado: tempo, serviços e responsabilidades familiares",
    "theme": "family-sharing",
    "other_themes": ["care", "planning"],
    "summary": "Cuidar dá trabalho e leva tempo, e esse tempo continua mal repartido. O que podem fazer os horários, os serviços "
    "e as regras internas de um município.",
    "text": """\
Em média, as mulheres fazem por dia bem mais de uma hora de trabalho não pago além do que fazem os homens. Nenhuma \
campanha muda isto sozinha. Mudam-no horários que encaixam, creches que abrem quando é preciso, licenças que os homens usam \
sem receio e respostas para quem cuida de uma pessoa mais velha ou dependente.

O webinar junta práticas de dois tipos: as que o município aplica ao seu próprio pessoal e as que oferece à população. Em ambas \
perguntamos o mesmo: quem passou a ter mais tempo?""",
    "axes": {
        "sex-gender": "Quantos homens usam as medidas de conciliação, e o que os faz hesitar.",
        "family": "Famílias monoparentais, avós que cuidam, casais do mesmo sexo: regras que não supõem uma só família.",
        "disability": "Apoio a quem cuida de uma pessoa com deficiência ao longo de toda a vida.",
        "territory": "Onde não há creche perto nem autocarro à hora certa.",
    },
    "agenda": [
        (0, "Abertura", "", [HOST]),
        (10, "Para onde vai o tempo? Usos do tempo em mulheres e homens", "", ["Rosário Alcaria"]),
        (40, "Banco de horas para cuidar: a mesma regra para todas as pessoas", "O que mudou em dois anos.", ["Leonor Tramagal"]),
        (70, "Férias, fins de tarde e outras horas difíceis", "Respostas para crianças nas freguesias.", ["Jacinto Ameixial"]),
        (95, BREAK, "", []),
        (110, "Cuidar de quem cuida", "Descanso, informação e grupos de entreajuda.", ["Marília Pontével"]),
        (135, "Num concelho pequeno: fazer muito com pouca gente", "", ["Noémia Alvorninha"]),
        (155, "Debate e passos seguintes", "", ["Rosário Alcaria", HOST]),
    ],
}  # fmt: skip

FIFTH = {
    "slug": "ter-voz-e-ter-lugar",
    "title": "Ter voz e ter lugar: participação cívica e política das mulheres",
    "theme": "participation",
    "other_themes": ["mainstreaming", "migration"],
    "summary": "Assembleias, orçamentos participativos, conselhos locais: quem fala, quem decide e como se abre espaço a quem "
    "nunca foi convidada.",
    "text": """\
A lei da paridade mudou as listas; as reuniões mudaram menos. Quem fala primeiro, a que horas se reúne, quem fica com \
as crianças e quem escreve as regras continua a decidir quem participa.

No último webinar do ciclo vemos como se contam os tempos de palavra numa assembleia, como um orçamento participativo \
duplicou as propostas de mulheres e como se trabalha com jovens e com mulheres migrantes sem as chamar apenas \
para a fotografia. No fim, fazemos o balanço dos cinco webinars e do que cada município levou.""",
    "axes": {
        "sex-gender": "Tempos de palavra e temas de que falam mulheres e homens nas assembleias.",
        "age": "Raparigas e mulheres jovens que querem decidir, e não apenas ser ouvidas.",
        "migration-status": "Participar quando ainda não se pode votar.",
        "language": "Reuniões com interpretação e documentos em linguagem clara.",
    },
    "agenda": [
        (0, "Abertura", "", [HOST]),
        (10, "Depois da paridade: o que as listas não mudaram", "", ["Eunice Carvoeira"]),
        (40, "Um orçamento participativo em que elas propõem", "Horários, lugares e facilitação.", ["Aurora Benquerença"]),
        (70, "Ter voz sem ter voto", "O conselho local de mulheres migrantes.", ["Salomé Vidigueira"]),
        (95, BREAK, "", []),
        (110, "Jovens que decidem: da escola à assembleia municipal", "", ["Amadeu Corticeiro"]),
        (135, "Balanço do ciclo: o que levou cada município", "", [HOST]),
        (165, "Encerramento", "", ["Eunice Carvoeira", HOST]),
    ],
}  # fmt: skip

LATER = [FOURTH, FIFTH]
