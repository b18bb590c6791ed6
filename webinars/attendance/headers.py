"""What the columns of the known reports are called, by language, and a heading read with it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from network_portal.common.text import fold
from webinars.attendance.errors import MissingColumns, UnreadableRow
from webinars.attendance.table import Line, cell_text

# field -> language -> titles; the first title is the one that messages name
ALIASES = {
    "name": {
        "en": ["Name (original name)", "Name", "User Name (Original Name)", "User Name", "Full Name", "FullName"],
        "pt": ["Nome (nome original)", "Nome", "Nome completo", "Nome de usuário (nome original)", "Nome de utilizador"],
        "es": [
            "Nombre (nombre original)",
            "Nombre",
            "Nombre de usuario",
            "Nombre de usuario (nombre original)",
            "Nombre completo",
        ],
        "it": ["Nome (nome originale)", "Nome", "Nome utente (nome originale)", "Nome utente", "Nome completo"],
    },
    "first_name": {"en": ["First name"], "pt": ["Nome próprio", "Primeiro nome"], "es": ["Primer nombre"]},
    "last_name": {
        "en": ["Last name"],
        "pt": ["Apelido", "Sobrenome"],
        "es": ["Apellidos", "Apellido"],
        "it": ["Cognome"],
    },
    "email": {
        "en": ["Email", "User Email", "Email address"],
        "pt": ["E-mail", "Email", "E-mail do usuário", "Endereço de e-mail"],
        "es": ["Correo electrónico", "E-mail del usuario", "Correo electrónico del usuario"],
        "it": ["Email", "Indirizzo e-mail", "E-mail utente"],
    },
    "registration_email": {"en": ["Registration Email"]},
    "upn": {
        "en": ["Participant ID (UPN)"],
        "pt": ["ID do participante (UPN)"],
        "es": ["Id. de participante (UPN)"],
        "it": ["ID partecipante (UPN)"],
    },
    "join": {
        "en": ["Join time", "Time joined"],
        "pt": ["Hora de entrada", "Ingressar na hora", "Horário de Entrada", "Hora de ingresso"],
        "es": ["Hora de entrada", "Hora para unirse", "Hora de unión"],
        "it": ["Ora di ingresso"],
    },
    "leave": {
        "en": ["Leave time", "Time exited"],
        "pt": ["Hora de saída", "Horário de Saída"],
        "es": ["Hora de salida", "Hora para salir"],
        "it": ["Ora di uscita"],
    },
    "first_join": {
        "en": ["First join"],
        "pt": ["Primeira Entrada", "Primeiro ingresso"],
        "es": ["Primera unión", "Primera entrada"],
        "it": ["Primo ingresso"],
    },
    "last_leave": {"en": ["Last leave"], "pt": ["Última Saída"], "es": ["Última salida"], "it": ["Ultima uscita"]},
    "minutes": {
        "en": ["Duration (minutes)", "Time in Session (minutes)"],
        "pt": ["Duração (minutos)", "Tempo na sessão (minutos)"],
        "es": ["Duración (minutos)", "Tiempo en la sesión (minutos)"],
        "it": ["Durata (minuti)"],
    },
    "total": {
        "en": ["Total duration (minutes)"],
        "pt": ["Duração total (minutos)"],
        "es": ["Duración total (minutos)"],
        "it": ["Durata totale (minuti)"],
    },
    "duration": {
        "en": ["Duration", "In-Meeting Duration"],
        "pt": ["Duração", "Duração da Reunião", "Duração na reunião"],
        "es": ["Duración", "Duración en la reunión"],
        "it": ["Durata", "Durata nella riunione"],
    },
    "waiting": {
        "en": ["In waiting room"],
        "pt": ["Na sala de espera", "Em sala de espera"],
        "es": ["En sala de espera", "En la sala de espera"],
        "it": ["In sala d'attesa"],
    },
    "attended": {"en": ["Attended"], "pt": ["Participou", "Compareceu"], "es": ["Asistió"], "it": ["Ha partecipato"]},
    "registered": {
        "en": ["Registration Time"],
        "pt": ["Hora de inscrição", "Hora de registro", "Hora de registo"],
        "es": ["Hora de inscripción", "Hora de registro"],
        "it": ["Ora di registrazione"],
    },
    "role": {"en": ["Role"], "pt": ["Função"], "es": ["Rol"], "it": ["Ruolo"]},
    "action": {
        "en": ["User Action", "Action"],
        "pt": ["Atividade", "Ação do usuário", "Ação do utilizador"],
        "es": ["Acción de usuario", "Acción del usuario"],
        "it": ["Azione utente"],
    },
    "timestamp": {
        "en": ["Timestamp"],
        "pt": ["Carimbo de data/hora"],
        "es": ["Marca de tiempo", "Marca temporal"],
        "it": ["Timestamp", "Data e ora"],
    },
    "utc_timestamp": {"en": ["UtcEventTimestamp"]},
    "session": {"en": ["SessionId"]},
    "topic": {"en": ["Topic"], "pt": ["Tópico"], "es": ["Tema"], "it": ["Argomento"]},
    "host": {"en": ["Host"], "pt": ["Anfitrião"], "es": ["Anfitrión"]},
    "started": {
        "en": ["Start time", "Actual Start Time"],
        "pt": ["Hora de início"],
        "es": ["Hora de inicio"],
        "it": ["Ora di inizio"],
    },
    "ended": {
        "en": ["End time"],
        "pt": ["Hora de término", "Hora de fim"],
        "es": ["Hora de finalización"],
        "it": ["Ora di fine"],
    },
}
FIELDS = {fold(title): field for field, titles in ALIASES.items() for row in titles.values() for title in row}
SEARCHED = 50  # lines in which a heading is expected
LANGUAGES = ["en", "pt", "es", "it"]
WORDS = {code: {fold(t) for titles in ALIASES.values() for t in titles.get(code, [])} for code in LANGUAGES}


@lru_cache(maxsize=4096)
def field_of(title: str) -> str:
    """The field that a column's title stands for, "" if none: case, accents, blanks and a colon make no difference."""
    return FIELDS.get(fold(title), "")


@dataclass(frozen=True)
class Heading:
    """A line of titles: where each known field stands, and how the file writes it."""

    number: int
    titles: list[str]
    places: dict[str, int]  # the first column of each field
    doubled: dict[str, list[str]]  # fields that several columns stand for, and their titles

    def __contains__(self, field: str) -> bool:
        return field in self.places

    @property
    def language(self) -> str:
        """That of most titles; English if they are as many."""
        keys = [fold(title) for title in self.titles]
        return max(LANGUAGES, key=lambda code: sum(key in WORDS[code] for key in keys))

    def title(self, field: str) -> str:
        """As the file writes it, else as a file of its language would."""
        if field in self.places:
            return self.titles[self.places[field]]
        known = ALIASES[field]
        return known.get(self.language, known["en"])[0]

    def need(self, *fields: str) -> None:
        """Raises MissingColumns with the titles of the fields that are missing, or there more than once."""
        if missing := [self.title(field) for field in fields if field not in self.places]:
            raise MissingColumns(missing, self.titles)
        if doubled := [title for field in fields for title in self.doubled.get(field, [])]:
            raise MissingColumns(doubled, self.titles, doubled=True)

    def cell(self, line: Line, field: str) -> str:
        """The text of the field in a line, "" where there is none."""
        place = self.places.get(field)
        return cell_text(line.cells[place]) if place is not None and place < len(line.cells) else ""

    def check_width(self, line: Line) -> None:
        """Text beyond the last title means that a separator stands inside a cell: nothing there is where it seems."""
        for place in range(len(self.titles), len(line.cells)):
            if line.cells[place].strip():
                raise UnreadableRow(line.number, str(place + 1), line.cells[place].strip())


def find_heading(lines: list[Line], fits: Callable[[Heading], bool]) -> tuple[int, Heading | None]:
    """The first of the first lines that fits as a heading, and its place; what stands above it may be anything."""
    for place, line in enumerate(lines[:SEARCHED]):
        if fits(heading := heading_of(line)):
            return place, heading
    return 0, None


def heading_of(line: Line) -> Heading:
    titles = [cell_text(cell) for cell in line.cells]
    while titles and not titles[-1]:
        titles.pop()
    columns: dict[str, list[int]] = {}
    for place, title in enumerate(titles):
        if field := field_of(title):
            columns.setdefault(field, []).append(place)
    return Heading(
        line.number,
        titles,
        {field: places[0] for field, places in columns.items()},
        {field: [titles[p] for p in places] for field, places in columns.items() if len(places) > 1},
    )
