"""Towns of the demonstration and the names from which its people are made."""

FOUNDED = "2020-10-01"
FOUNDERS = {  # code in the register: (mail domain, the same for the invented people)
    "0803": ("cm-aljezur.pt", "cm-aljezur.example"),
    "1115": ("cm-amadora.pt", "cm-amadora.example"),
    "1105": ("cm-cascais.pt", "cm-cascais.example"),
    "0808": ("cm-loule.pt", "cm-loule.example"),
    "1806": ("cmmangualde.pt", "cmmangualde.example"),
    "0211": ("cm-odemira.pt", "cm-odemira.example"),
    "1508": ("cm-palmela.pt", "cm-palmela.example"),
    "0309": ("mun-planhoso.pt", "mun-planhoso.example"),
    "1317": ("cm-gaia.pt", "cm-gaia.example"),
}
STAFF_TOWN = "0211"
OTHER_TOWNS = [
    "0105", "0205", "0303", "0402", "0502", "0705", "0909", "1009", "1103", "1208", "1416", "1603", "1714", "1823", "4203",
]  # fmt: skip

FIRST_NAMES = [
    "Alda", "Amélia", "Anabela", "Armanda", "Beatriz", "Benedita", "Bruno", "Carla", "Célia", "Clara", "Dalila", "Diogo",
    "Dulce", "Elsa", "Ema", "Fátima", "Filipa", "Fernando", "Gabriela", "Graça", "Gustavo", "Hélder", "Idalina", "Inês",
    "Isaura", "Jaime", "Joana", "Judite", "Lídia", "Lurdes", "Luísa", "Marcelo", "Marta", "Miguel", "Mónica", "Natália",
    "Nuno", "Odete", "Olga", "Patrícia", "Paula", "Raquel", "Renata", "Ricardo", "Rosa", "Sandra", "Sílvia", "Susana",
    "Tânia", "Telma", "Tiago", "Vânia", "Vera", "Vicente", "Zélia", "Zulmira",
]  # fmt: skip
LAST_NAMES = [
    "Abrantes", "Aguiar", "Alvarenga", "Arruda", "Azinheira", "Barbeito", "Barroso", "Bettencourt", "Cabrita", "Calado",
    "Candeias", "Carrasco", "Cordeiro", "Coutinho", "Esteves", "Falcão", "Figueira", "Galvão", "Godinho", "Guerreiro",
    "Janeiro", "Lagarto", "Leitão", "Lourinho", "Machado", "Madeira", "Malheiro", "Meireles", "Nabais", "Negrão", "Norte",
    "Palma", "Parreira", "Pestana", "Pimentel", "Queirós", "Raposo", "Rebelo", "Salgueiro", "Sequeira", "Serrano", "Tavares",
    "Telhado", "Valente", "Varela", "Vidigal", "Vilhena", "Zarco",
]  # fmt: skip
ROLES = ["technical"] * 8 + ["adviser"] * 3 + ["manager"] * 3 + ["elected"] * 2
FIRST_WAITING = ("Helena Sarmento", "helena.sarmento@cm-palmela.example", "1508")
