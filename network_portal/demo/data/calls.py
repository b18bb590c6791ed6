"""The calls for support of the demonstration; invented, and each text says so. Days are counted from today, hours are Lisbon's.

Keys besides the columns of a call: ``opens`` and ``closes`` (days from today, hour), ``published`` (days from today).
"""

INVENTED = "\n\n*Este apoio é inventado: serve apenas para mostrar o portal.*"
RULES = "Regulamento de apoios da Rede, artigos 8.º a 21.º (inventado)"
CONTACT = {"contact_name": "Secretariado da Rede", "contact_email": "apoios@redeigualdade.example"}
PORTUGAL = [("country", "PT")]

ASSOCIATIONS = {
    "title": "Apoio anual a associações feministas e LGBTI",
    "kind": "subsidy",
    "opens": (-31, 9),
    "closes": (2, 17),
    "published": -38,
    "summary": "Para associações que trabalham pela igualdade no seu território: um ano de atividades, até 12 000 € por projeto, "
    "com uma candidatura que se escreve numa tarde.",
    "text": """\
Muito do que muda num concelho começa numa associação com duas salas emprestadas e gente que fica depois do trabalho. Este \
apoio paga um ano de atividades: grupos de ajuda mútua, formação, arquivo e memória, presença na rua e nas escolas.

## O que se pode pagar

- honorários e salários de quem faz o trabalho, incluindo a coordenação;
- intérpretes de língua gestual, transportes e cuidado de crianças durante as atividades;
- materiais, aluguer de espaços e comunicação;
- até 15 % de despesas gerais da associação, sem faturas.

## O que não se paga

Obras, viaturas e atividades que já tenham terminado.

## Como se decide

Três pessoas de fora da Rede leem cada candidatura sem falarem entre si e pontuam-na pelos critérios desta página. Nenhuma \
delas pode ter pertencido, nos últimos três anos, a uma associação candidata."""
    + INVENTED,
    "themes": ["lgbti", "participation", "gbv"],
    "axes": ["sex-gender", "gender-identity", "sexual-orientation"],
    "applicants": ["association"],
    "territories": PORTUGAL,
    "who_note": "Associações sem fins lucrativos com estatutos publicados e pelo menos um ano de atividade.",
    "budget": 180_000,
    "most_per_project": 12_000,
    "resolution_days": 75,
    "criteria": [
        (
            "O que muda, e para quem",
            "Problema bem descrito, quem ganha com isso, resultado que se consegue verificar.",
            35,
        ),
        ("Participação de quem é visado", "Quem vive o problema decide e é pago pelo que faz.", 25),
        ("Olhar interseccional", "A quem a atividade não chega hoje, e o que se faz para chegar.", 20),
        ("Plano e contas realistas", "Calendário, equipa e custos que batem certo.", 20),
    ],
    "documents": [
        ("Plano de atividades", "No máximo seis páginas, no modelo do regulamento."),
        ("Orçamento", "Uma página; os custos de acessibilidade numa linha própria."),
        ("Estatutos e ata da eleição dos órgãos sociais", ""),
        ("Certidões de não dívida", "Finanças e Segurança Social, ou autorização de consulta."),
    ],
    "regulatory_basis": RULES,
    "regulatory_url": "https://rede.example/regulamento-de-apoios",
    "official_notice": "Aviso n.º 3 da Rede (inventado)",
    "official_url": "https://rede.example/avisos/3",
    "how_to_apply": "Preencha o formulário e junte os documentos num único PDF acessível. Recebe um comprovativo no mesmo dia; "
    "se não o receber, telefone antes do fim do prazo.",
    "apply_url": "https://formularios.example/associacoes",
    "file": ("aviso.pdf", "Aviso de abertura, com as regras todas"),  # an accessible PDF beside this module
}

TOWNS = {
    "title": "Planos municipais para a igualdade: municípios até 20 000 habitantes",
    "kind": "formula",
    "opens": (18, 9),
    "closes": (60, 23),
    "published": -6,
    "summary": "Sem concurso: cada município pequeno que o peça recebe uma verba calculada por uma fórmula que dá mais a quem "
    "tem menos habitantes e menos receita.",
    "text": """\
Um concurso premeia quem tem uma equipa para escrever candidaturas. Aqui não há concurso: a verba é repartida por todos os \
municípios que a peçam e cumpram as condições.

## A fórmula

1. Metade divide-se em partes iguais.
2. Três décimos contam o inverso dos habitantes: quem tem 3 000 recebe mais por pessoa do que quem tem 18 000.
3. Dois décimos contam a receita própria por habitante, a favor de quem tem menos.

Nenhum município recebe menos de 4 000 € nem mais de 18 000 €.

## Para que serve

Diagnóstico, elaboração ou revisão do plano municipal para a igualdade, e o primeiro ano da sua execução."""
    + INVENTED,
    "themes": ["mainstreaming", "planning"],
    "axes": ["sex-gender", "territory"],
    "applicants": ["municipality"],
    "territories": PORTUGAL,
    "residents_to": 20_000,
    "budget": 640_000,
    "most_per_project": 18_000,
    "resolution_days": 90,
    "criteria": [],
    "documents": [
        ("Deliberação da câmara", "Que aprova o pedido e nomeia quem responde por ele."),
        ("Diagnóstico existente", "Se o houver; a falta dele não conta contra o município."),
    ],
    "regulatory_basis": RULES,
    "how_to_apply": "A partir da abertura, envie um ofício assinado pela presidência da câmara para "
    "apoios@redeigualdade.example, com a deliberação em anexo.",
    "apply_url": "",
}

PRIZE = {
    "title": "Prémio de investigação Género e Território",
    "kind": "prize",
    "opens": (-190, 9),
    "closes": (-96, 17),
    "published": -200,
    "summary": "Uma tese ou um estudo que ajude um município a decidir melhor. Um prémio de 6 000 € e duas menções de 2 000 €, "
    "atribuídos por um júri que não sabe quem escreveu.",
    "text": """\
O prémio distingue investigação feita em Portugal, terminada nos últimos dois anos, sobre como o género atravessa a vida local: \
transportes, habitação, cuidados, orçamento, participação.

Os trabalhos são lidos sem nome. O envelope com a identidade só se abre depois da decisão do júri. O prémio pode ser repartido \
ou não ser atribuído."""
    + INVENTED,
    "themes": ["mainstreaming", "planning", "care"],
    "axes": ["sex-gender", "territory", "socio-economic"],
    "applicants": ["person", "university"],
    "territories": PORTUGAL,
    "budget": 10_000,
    "most_per_project": 6_000,
    "resolution_days": -20,
    "criteria": [
        ("Utilidade para quem decide", "Um município consegue agir a partir do que se aprende.", 40),
        ("Rigor", "Método adequado, dados que outra pessoa consegue verificar.", 35),
        ("Clareza", "Lê-se sem ser da área.", 25),
    ],
    "documents": [("Trabalho sem nome", "Em PDF acessível, até 200 páginas."), ("Resumo em linguagem clara", "Uma página.")],
    "regulatory_basis": "Regulamento do prémio (inventado)",
    "how_to_apply": "Envie o trabalho sem nome e, à parte, um envelope fechado com a identificação.",
    "apply_url": "",
}

RESULT = {
    "applications": 41,
    "text": "O júri leu 41 trabalhos e escolheu por unanimidade o primeiro. As duas menções são *ex aequo*. A cerimónia é "
    "pública, com legendas em direto e língua gestual portuguesa.",
    "awards": [
        ("Esperar pelo autocarro: horários e trabalho de cuidado", "0211", "Primeiro prémio", 6_000),
        ("Quem fica com a chave: mulheres nas direções das coletividades", "1508", "Menção", 2_000),
        ("A casa a seguir: percursos de saída da violência em três concelhos", "0808", "Menção", 2_000),
    ],
}

LOAN = {
    "title": "Cedência da sala de exposições da Casa das Andorinhas",
    "kind": "loan",
    "opens": (-12, 9),
    "closes": (124, 18),
    "published": -14,
    "summary": "Uma sala de 140 m² com montagem e seguro incluídos, quatro semanas para cada exposição sobre igualdade, memória "
    "e direitos.",
    "text": """\
A sala fica no rés do chão, sem degraus, com luz natural e paredes que aceitam pregos. A Rede monta, divulga e segura as peças \
durante a exposição; quem expõe traz as obras e está presente um sábado por semana.

Dá-se preferência a exposições que possam depois viajar para outros municípios da Rede."""
    + INVENTED,
    "themes": ["culture-sport", "communication"],
    "axes": ["sex-gender"],
    "applicants": ["association", "municipality", "school", "person"],
    "territories": [],
    "lent": "Sala de 140 m², painéis, iluminação, montagem e seguro",
    "lent_days": (150, 420),
    "criteria": [
        ("O que a exposição conta", "Tema, pesquisa e cuidado com quem é retratado.", 50),
        ("Acessibilidade", "Textos em letra grande, audiodescrição, visitas em língua gestual.", 30),
        ("Vida depois da sala", "Se pode seguir para outros municípios.", 20),
    ],
    "documents": [("Proposta de exposição", "Duas páginas e até dez imagens."), ("Lista de peças com medidas e valor", "")],
    "how_to_apply": "Escreva para apoios@redeigualdade.example com a proposta e os meses que prefere. As visitas à sala são às "
    "quintas-feiras.",
    "apply_url": "",
}

TRAINING = {
    "title": "Formação sobre violência doméstica para equipas municipais",
    "kind": "subsidy",
    "opens": (-70, 9),
    "closes": (-16, 17),
    "published": -75,
    "summary": "Até 5 000 € para formar quem atende ao balcão, na polícia municipal e nos bairros: reconhecer, perguntar, "
    "encaminhar.",
    "text": """\
Quem sofre violência fala muitas vezes primeiro com alguém que não é da área: na tesouraria, na biblioteca, na fiscalização. \
Este apoio paga formação para essas equipas, de 12 a 30 horas, com casos verdadeiros tornados anónimos."""
    + INVENTED,
    "themes": ["gbv", "safety"],
    "axes": ["sex-gender", "age", "migration-status"],
    "applicants": ["municipality", "parish"],
    "territories": [("region", "Algarve"), ("region", "Alentejo")],
    "budget": 90_000,
    "most_per_project": 5_000,
    "resolution_days": -3,
    "criteria": [
        ("Quem recebe a formação", "Serviços que atendem muita gente e nunca a tiveram.", 60),
        ("Rede local", "Encaminhamento combinado com quem acolhe e acompanha.", 40),
    ],
    "documents": [("Programa da formação", ""), ("Lista dos serviços abrangidos", "Sem nomes de pessoas.")],
    "regulatory_basis": RULES,
    "how_to_apply": "Candidaturas por correio eletrónico.",
    "apply_url": "",
}

CANCELLED = {
    "title": "Bolsas para estágios em igualdade nos municípios",
    "kind": "subsidy",
    "opens": (-40, 9),
    "closes": (20, 17),
    "published": -45,
    "summary": "Seis meses de estágio remunerado em serviços municipais para a igualdade.",
    "text": "Doze bolsas de seis meses, pagas ao município que acolhe." + INVENTED,
    "themes": ["labour-market", "education"],
    "axes": ["sex-gender", "age"],
    "applicants": ["municipality"],
    "territories": PORTUGAL,
    "budget": 108_000,
    "most_per_project": 9_000,
    "criteria": [("Acompanhamento da pessoa que estagia", "", 60), ("Utilidade para o serviço", "", 40)],
    "documents": [("Plano de estágio", "")],
    "regulatory_basis": RULES,
    "how_to_apply": "Candidaturas por correio eletrónico.",
    "apply_url": "",
}

VOID = {
    "title": "Prémio de fotografia Quem Cuida",
    "kind": "prize",
    "opens": (-120, 9),
    "closes": (-58, 17),
    "published": -126,
    "summary": "Retratos de quem cuida, em casa e no trabalho, para uma exposição que percorre os municípios da Rede.",
    "text": "Séries de cinco a oito fotografias, com autorização escrita de todas as pessoas retratadas." + INVENTED,
    "themes": ["care", "culture-sport"],
    "axes": ["sex-gender"],
    "applicants": ["person"],
    "territories": PORTUGAL,
    "budget": 4_000,
    "criteria": [("Olhar", "O que as imagens mostram que ainda não se via.", 60), ("Respeito por quem é retratado", "", 40)],
    "documents": [("Fotografias numeradas, sem assinatura", ""), ("Autorizações das pessoas retratadas", "")],
    "regulatory_basis": "Regulamento do prémio (inventado)",
    "how_to_apply": "Por correio eletrónico, sem nome nas imagens.",
    "apply_url": "",
}

DRAFT = {
    "title": "Apoio a redes comunitárias de cuidado",
    "kind": "subsidy",
    "opens": (40, 9),
    "closes": (85, 17),
    "summary": "Para juntar, num bairro, quem cuida, quem precisa e quem pode dar uma hora.",
    "text": "Texto por rever com o grupo de trabalho dos cuidados." + INVENTED,
    "themes": ["care", "family-sharing"],
    "axes": ["sex-gender", "age", "disability"],
    "applicants": ["parish", "association"],
    "territories": PORTUGAL,
    "budget": 60_000,
    "criteria": [("Quem ganha tempo", "", 60)],
    "documents": [],
    "apply_url": "",
}

EXTENSION = "A plataforma das certidões esteve três dias em baixo. Para ninguém ficar de fora por isso, o prazo passa a \
incluir mais uma semana."
NOBODY = "Chegaram três candidaturas. A nenhuma se juntaram as autorizações de todas as pessoas retratadas, que o regulamento \
exige, e o júri decidiu não atribuir o prémio. As fotografias foram apagadas."
CANCELLATION = "O programa nacional de estágios abriu entretanto com melhores condições para quem estagia. Quem já se tinha \
candidatado foi contactado e recebe ajuda para passar a candidatura."
ASKED = "Uma associação com estatutos publicados há seis meses, mas que trabalha há quatro anos, pode candidatar-se?"
ANSWERED = "Pode. Conta o início da atividade, que se prova com um relatório, uma notícia ou uma declaração da junta de \
freguesia. Junte o comprovativo aos estatutos."
WAITING = "O cuidado de crianças durante as reuniões pode ser pago a uma pessoa da associação?"
