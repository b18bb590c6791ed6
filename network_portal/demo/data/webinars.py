"""The five webinars. An agenda item is (minutes from the start, title, note, names of who speaks); a break has no names."""

from network_portal.demo.data.webinars_later import LATER

HOST = "Teresa Lobo"
BREAK = "Intervalo"

FIRST = {
    "slug": "brincar-aprender-escolher",
    "title": "Brincar, aprender, escolher: a igualdade começa na escola",
    "theme": "education",
    "other_themes": ["communication"],
    "summary": "Do recreio à escolha do curso: o que um município pode fazer, com as escolas, para que nenhuma criança aprenda "
    "cedo demais o que “não é para ela”.",
    "text": """\
Aos seis anos, muitas raparigas já dizem que as ciências são difíceis; aos quinze, poucos rapazes imaginam cuidar como \
profissão. Entre uma idade e a outra há recreios, manuais, atividades de férias e transportes escolares, e em tudo isso o \
município tem uma palavra a dizer.

Neste webinar olhamos para três decisões ao alcance de qualquer autarquia: redesenhar os recreios, rever as atividades de \
enriquecimento e acompanhar as escolhas no fim do 9.º ano.

## Para quem é

Para quem trabalha em educação, juventude e igualdade nos municípios, e para as escolas que com eles trabalham.""",
    "axes": {
        "sex-gender": "Quem ocupa o campo de jogos e quem fica à volta dele, medido em três recreios durante um mês.",
        "disability": "Que recreios redesenhados servem também crianças com mobilidade reduzida ou com autismo.",
        "socio-economic": "Como evitar que as atividades pagas decidam quem experimenta ciência, música ou desporto.",
    },
    "agenda": [
        (0, "Abertura e o que fica deste ciclo", "", [HOST]),
        (10, "O que se aprende sem que ninguém ensine", "Dez anos de estudos em meia hora.", ["Alice Monteverde"]),
        (40, "Recreios de todas as crianças", "Um mês de observação, um orçamento pequeno.", ["Simão Falcoeiro"]),
        (70, "A escola por dentro: o que ajuda e o que atrapalha", "", ["Inês Calhandra"]),
        (95, BREAK, "", []),
        (110, "Escolher depois do 9.º ano sem guião de género", "Visitas a profissões com quem as faz.", ["Célia Rosmaninho"]),
        (140, "Debate: por onde começar na minha autarquia?", "Em grupos de seis pessoas.",
         ["Alice Monteverde", "Simão Falcoeiro", "Inês Calhandra", "Célia Rosmaninho"]),
        (170, "Passos seguintes e avaliação", "", [HOST]),
    ],
}  # fmt: skip

SECOND = {
    "slug": "saude-perto-de-quem-precisa",
    "title": "Saúde perto de quem precisa: género, território e acesso",
    "theme": "health",
    "other_themes": ["migration", "care"],
    "summary": "Quem falta às consultas raramente falta por desinteresse. Três municípios mostram como aproximaram a saúde de "
    "mulheres que ficavam de fora.",
    "text": """\
Os municípios têm hoje mais responsabilidades na saúde: transportes, instalações, equipas que conhecem os bairros. Esta \
proximidade só reduz desigualdades se alguém perguntar quem não chega ao centro de saúde, e porquê.

Vamos falar de consultas marcadas para horas impossíveis, de línguas que ninguém traduz, de dores que se desvalorizam e de \
quem adia a própria saúde porque cuida de outras pessoas. E vamos ver o que mudou onde se experimentou outra forma de fazer.

## Traga consigo

Um exemplo do seu município: um serviço a que certas pessoas quase nunca chegam. Será a matéria do trabalho em grupos. Não \
traga casos de pessoas que se possam reconhecer.""",
    "axes": {
        "migration-status": "Atendimento em quatro línguas às horas em que termina o trabalho no campo.",
        "age": "Mulheres mais velhas que vivem sós e deixam de ir às consultas quando acaba a carreira de autocarro.",
        "health": "Como a dor e a saúde mental das mulheres são ouvidas, ou não, no primeiro atendimento.",
        "territory": "Unidades móveis em freguesias sem médica ou médico de família.",
    },
    "agenda": [
        (0, "Abertura", "Como funcionam as legendas, a interpretação e as perguntas.", [HOST]),
        (10, "Quem fica de fora? Ler os dados locais com olhos de género", "", ["Graça Alfarrobeira"]),
        (40, "Vizinhas que acompanham: mediação em saúde no bairro", "Um ano, doze mediadoras, menos faltas.",
         ["Djamila Tavira", "Célia Rosmaninho"]),
        (70, "Depois da apanha: atendimento a trabalhadoras agrícolas", "", ["Horácio Penedo"]),
        (95, BREAK, "", []),
        (110, "O plano municipal de saúde com medidas que se contam", "Indicadores que cabem numa página.", ["Manuela Serpins"]),
        (135, "Trabalho em grupos: o serviço a que quase ninguém chega", "", []),
        (165, "Conclusões e próximos passos", "", ["Graça Alfarrobeira", HOST]),
    ],
}  # fmt: skip

THIRD = {
    "slug": "trabalho-com-igualdade",
    "title": "Trabalho com igualdade: o município que emprega e que contrata",
    "theme": "labour-market",
    "other_themes": ["economy", "gender-budget"],
    "summary": "O município é muitas vezes o maior empregador do concelho e um dos maiores compradores. O que muda quando usa "
    "as duas forças a favor da igualdade?",
    "text": """\
Antes de pedir igualdade às empresas, o município pode olhar para dentro: quem está em que carreira, quem chega a dirigente, \
quem faz trabalho suplementar e quem reduz o horário. Depois pode olhar para os contratos que assina: limpeza, refeições, \
vigilância, obras.

Neste webinar trabalhamos com um diagnóstico interno que se faz em seis semanas, com cláusulas de igualdade que se \
conseguem fiscalizar e com um gabinete de emprego que acompanhou mulheres para profissões onde quase só havia homens.

## O que leva

Um modelo de diagnóstico, uma minuta de cláusula e três perguntas para a próxima reunião com as empresas do concelho.""",
    "axes": {
        "sex-gender": "Diferenças de remuneração entre mulheres e homens por carreira, e não apenas em média.",
        "ethnic-origin": "Percursos de emprego com mulheres ciganas e afrodescendentes, desenhados com elas.",
        "education-level": "Formação no posto de trabalho para quem deixou a escola cedo.",
        "family": "Horários que uma família monoparental consegue cumprir.",
    },
    "agenda": [
        (0, "Abertura", "", [HOST]),
        (10, "O que dizem os números do emprego local", "Onde procurar dados por concelho e como os ler.", ["Vitória Caldeirão"]),
        (40, "Olhar para dentro: diagnóstico em seis semanas", "Carreiras, remunerações, tempos e chefias.", ["Leonor Tramagal"]),
        (70, "Comprar com critério: cláusulas de igualdade nos contratos", "", ["Baltazar Moncarapacho"]),
        (95, BREAK, "", []),
        (110, "Mulheres em profissões onde quase só havia homens", "", ["Olívia Ferradosa"]),
        (135, "Oficina: escrever uma cláusula que se cumpra", "Em grupos, com a minuta na mão.", ["Baltazar Moncarapacho"]),
        (170, "Passos seguintes e avaliação", "", [HOST]),
    ],
}  # fmt: skip

WEBINARS = [FIRST, SECOND, THIRD, *LATER]
