"""Who can sign in to the demonstration; the code arrives in its mailbox."""

STAFF = "tecnica@demo.example"
FOCAL_POINT = "ponto-focal@demo.example"
COORDINATOR = "coordenacao@demo.example"
REVIEWER = "revisao@demo.example"
ADMINISTRATOR = "administracao@demo.example"

SIGN_INS = [
    (STAFF, "staff of a municipality"),
    (FOCAL_POINT, "focal point of the same municipality"),
    (COORDINATOR, "coordinator"),
    (REVIEWER, "second coordinator, for the second look at practices"),
    (ADMINISTRATOR, "administrator"),
]

NAMES = {
    STAFF: "Rita Quaresma",
    FOCAL_POINT: "Graça Seabra",
    COORDINATOR: "Teresa Lobo",
    REVIEWER: "Irene Gavinha",
    ADMINISTRATOR: "Duarte Valadas",
}
ROLES = {COORDINATOR: {"is_coordinator": True}, REVIEWER: {"is_coordinator": True}, ADMINISTRATOR: {"is_administrator": True}}
