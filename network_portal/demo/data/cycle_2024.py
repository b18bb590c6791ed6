"""The cycle of 2024: title, themes, targets and funder are the project's own; days, texts, people and figures are invented."""

SLUG = "praticas-promotoras-da-igualdade-2024"
CYCLE = {
    "title": "Práticas Promotoras da Igualdade 2024",
    "language": "pt",
    "summary": "Cinco webinars sobre o papel dos municípios na igualdade de género, com as práticas de quem já começou.",
    "text": """\
Entre março e novembro de 2024, pessoas de municípios de todo o país encontraram-se em cinco webinars para mostrar o que fazem \
pela igualdade entre mulheres e homens, discutir o que correu mal e levar ideias para casa.

Cada webinar partiu de um tema em que o género pesa no dia a dia: a educação, a saúde, o mercado de trabalho, a partilha das \
responsabilidades familiares e a participação cívica e política. Pessoas peritas e autarquias da rede debateram lado a lado, \
sempre a partir de casos concretos.

As cinco gravações ficaram públicas, com legendas revistas, para quem não pôde estar.

**Dados de demonstração:** o ciclo existiu como projeto, mas as datas, as pessoas, as presenças e os vídeos que aqui se veem são \
inventados.""",
    "funder": "Apoio Técnico e Financeiro às Organizações Não Governamentais de Mulheres",
    "grant_reference": "ATF/2024/DEMO",
    "certificate_text": "No âmbito do Ciclo de Webinars Práticas Promotoras da Igualdade.",
    "target_webinars": 5,
    "target_participations": 250,
    "target_municipalities": 25,
    "target_recordings": 5,
    "is_published": True,
}
STARTS_ON, ENDS_ON = "2024-01-15", "2024-12-20"
CAPACITY = 60  # places of each webinar

MORE_TOWNS = ["0603", "1004", "1312", "1502", "0701"]  # codes of towns that came in 2024 only

HOST = "Teresa Lobo"
BREAK = "Intervalo"

# Chapters are (seconds, title); an agenda item of the same title is found from there. Agendas as in data.webinars.
WEBINARS_2024 = [
    {
        "slug": "educacao-2024",
        "title": "Educação: crescer sem guião",
        "theme": "education",
        "day": "2024-03-14",
        "video": "demo2024ed1",
        "published_on": "2024-03-28",
        "views": 412,
        "attended": 51,
        "summary": "Como é que um município ajuda as escolas a não ensinar, sem querer, o que é de rapaz e o que é de rapariga?",
        "text": """\
O primeiro webinar do ciclo abriu com uma pergunta simples: o que aprendem as crianças quando ninguém está a ensinar? \
Três autarquias mostraram o que mudaram nos recreios, nas atividades de férias e na orientação vocacional, e o que \
ficou por mudar.""",
        "axes": {"sex-gender": "Que lugares do recreio usam raparigas e rapazes, contados ao longo de um mês."},
        "agenda": [
            (0, "Abertura e metas do ciclo", "", [HOST]),
            (12, "O que se aprende sem que ninguém ensine", "", ["Alice Monteverde"]),
            (45, "Loulé: recreios de todas as crianças", "", ["Simão Falcoeiro"]),
            (80, BREAK, "", []),
            (95, "Amadora: escolher profissão depois de a experimentar", "", ["Célia Rosmaninho"]),
            (130, "Debate", "", ["Alice Monteverde", "Simão Falcoeiro", "Célia Rosmaninho"]),
            (165, "O que levamos daqui", "", [HOST]),
        ],
    },
    {
        "slug": "saude-2024",
        "title": "Saúde: quem fica à porta da consulta",
        "theme": "health",
        "day": "2024-05-16",
        "video": "demo2024sa2",
        "published_on": "2024-06-03",
        "views": 389,
        "attended": 53,
        "summary": "Quem falta às consultas raramente falta por desinteresse. O que muda quando a autarquia abre a porta.",
        "text": """\
Horários, línguas, transportes, confiança: quatro razões para não chegar ao centro de saúde, e quatro respostas \
municipais. Ouvimos \
mediadoras de bairro, uma equipa que vai aos campos e uma médica que lê os dados locais com olhos de género.""",
        "axes": {"migration-status": "Consultas explicadas por quem fala a mesma língua e conhece o bairro."},
        "agenda": [
            (0, "Abertura e contas do ciclo", "", [HOST]),
            (9, "Género e acesso aos cuidados primários", "", ["Graça Alfarrobeira"]),
            (38, "Amadora: mediadoras de saúde no bairro", "", ["Djamila Tavira"]),
            (74, "Odemira: atendimento depois da apanha", "", ["Horácio Penedo"]),
            (95, BREAK, "", []),
            (109, "Cascais: um plano de saúde com medidas que se contam", "", ["Manuela Serpins"]),
            (132, "Debate: confiança e língua", "", ["Graça Alfarrobeira", "Djamila Tavira", "Horácio Penedo"]),
            (156, "Próximos passos", "", [HOST]),
        ],
    },
    {
        "slug": "mercado-de-trabalho-2024",
        "title": "Mercado de trabalho: o município que emprega",
        "theme": "labour-market",
        "day": "2024-06-20",
        "video": "demo2024tr3",
        "published_on": "2024-07-05",
        "views": 297,
        "attended": 49,
        "summary": "Antes de pedir igualdade às empresas, olhar para dentro: carreiras, horários, chefias e contratos.",
        "text": """\
O município é muitas vezes o maior empregador do concelho. Neste webinar vimos um diagnóstico interno feito em seis semanas, \
cláusulas de igualdade em contratos públicos e um gabinete de emprego que abriu profissões onde quase só havia homens.""",
        "axes": {"education-level": "Formação no posto de trabalho para quem deixou a escola cedo."},
        "agenda": [
            (0, "Abertura", "", [HOST]),
            (10, "O que dizem os números do emprego local", "", ["Vitória Caldeirão"]),
            (42, "Vila Nova de Gaia: diagnóstico em seis semanas", "", ["Leonor Tramagal"]),
            (78, BREAK, "", []),
            (92, "Palmela: comprar com critério", "", ["Baltazar Moncarapacho"]),
            (124, "Mangualde: profissões para toda a gente", "", ["Olívia Ferradosa"]),
            (150, "Debate e compromissos", "", ["Vitória Caldeirão", HOST]),
        ],
    },
    {
        "slug": "partilha-de-responsabilidades-2024",
        "title": "Partilha de responsabilidades: o tempo de cuidar",
        "theme": "family-sharing",
        "day": "2024-09-26",
        "video": "demo2024pa4",
        "published_on": "2024-10-11",
        "views": 251,
        "attended": 52,
        "summary": "Cuidar leva tempo, e esse tempo continua mal repartido. Horários, serviços e regras que o podem devolver.",
        "text": """\
Um banco de horas para cuidar, fins de tarde nas freguesias e um grupo de entreajuda para quem cuida: três práticas \
pequenas, com \
custos à vista. No fim, cada autarquia escreveu uma medida que consegue tomar até ao verão.""",
        "axes": {"family": "Regras que não supõem uma só forma de família."},
        "agenda": [
            (0, "Abertura", "", [HOST]),
            (11, "Para onde vai o tempo?", "", ["Rosário Alcaria"]),
            (43, "Banco de horas para cuidar", "", ["Leonor Tramagal"]),
            (76, BREAK, "", []),
            (90, "Póvoa de Lanhoso: fins de tarde nas freguesias", "", ["Jacinto Ameixial"]),
            (121, "Cuidar de quem cuida", "", ["Marília Pontével"]),
            (150, "Uma medida até ao verão", "Trabalho em grupos.", [HOST]),
        ],
    },
    {
        "slug": "participacao-2024",
        "title": "Participação: ter voz e ter lugar",
        "theme": "participation",
        "day": "2024-11-14",
        "video": "demo2024vo5",
        "published_on": "2024-11-29",
        "views": 318,
        "attended": 50,
        "summary": "Quem fala nas reuniões, quem decide e como se abre espaço a quem nunca foi convidada.",
        "text": """\
Contámos tempos de palavra numa assembleia municipal, vimos um orçamento participativo em que as mulheres propõem tanto como os \
homens e ouvimos um conselho local de mulheres migrantes. Fechámos com o balanço do ciclo: o que levou cada município.""",
        "axes": {"migration-status": "Participar quando ainda não se pode votar."},
        "agenda": [
            (0, "Abertura", "", [HOST]),
            (10, "Depois da paridade", "", ["Eunice Carvoeira"]),
            (40, "Palmela: um orçamento participativo em que elas propõem", "", ["Aurora Benquerença"]),
            (75, BREAK, "", []),
            (90, "Ter voz sem ter voto", "", ["Salomé Vidigueira"]),
            (120, "Jovens que decidem", "", ["Amadeu Corticeiro"]),
            (145, "Balanço do ciclo: o que levou cada município", "", [HOST]),
        ],
    },
]
TRANSCRIPT = """\
*Transcrição de demonstração: as falas são inventadas.*

**Teresa Lobo:** Bom dia a todas as pessoas. Antes de começarmos, duas notas: há legendas em direto, que se ligam no \
botão «CC», e \
as perguntas fazem-se por escrito, a qualquer momento.

**Teresa Lobo:** A meta deste ciclo é simples de dizer e difícil de cumprir: chegar a 25 municípios diferentes. Quem está hoje \
pela primeira vez conta mais do que imagina.

**Participante:** O que fazemos quando o executivo nos diz que isso já está resolvido?

**Teresa Lobo:** Contamos. Um mês de números simples costuma valer mais do que um ano de argumentos."""
COMMENTS = [
    "Os números de Loulé ajudaram-me a preparar a reunião com o agrupamento.",
    "Gostava de ter tido mais tempo para o trabalho em grupos.",
    "As legendas em direto fizeram toda a diferença.",
    "Levo a minuta da cláusula para o nosso gabinete jurídico.",
]
REPORT_TEXT = {
    "pt": """\
O ciclo cumpriu as quatro metas. Realizaram-se os cinco webinars previstos, com a duração aproximada de três horas \
cada, e todas as \
gravações estão públicas com legendas revistas.

O que mais pesou na adesão foi o convite pessoal aos pontos focais: dois em cada três municípios novos chegaram depois \
de um contacto \
direto. O que correu menos bem foi o webinar de junho, o que teve menos inscrições e menos participações.

*Dados de demonstração: presenças, pessoas e vídeos são inventados.*""",
    "en": """\
The cycle met its four targets. The five planned webinars were held, about three hours each, and all recordings are public with \
checked captions.

*Demonstration data: attendance, people and videos are invented.*""",
}
