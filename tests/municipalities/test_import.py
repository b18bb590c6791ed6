"""The register comes in as a whole or not at all."""

import pytest
from django.core.management import CommandError, call_command

from municipalities import services
from municipalities.errors import ImportRejected
from municipalities.models import Municipality
from network_portal.audit.models import Entry
from tests.municipalities.files import GAIA, HEADING, LAGOA_ACORES, LAGOA_FARO, ODEMIRA, TOWNS, register_file

pytestmark = pytest.mark.django_db


def rejected(*rows, **how) -> list[str]:
    with pytest.raises(ImportRejected) as caught:
        services.import_register(register_file(*rows, **how))
    assert not Municipality.objects.exists()
    return caught.value.errors


def test_import_stores_every_column():
    assert services.import_register(register_file(ODEMIRA)) == services.ImportResult(1, 0, 0)
    town = Municipality.objects.get()
    assert (town.code_scheme, town.code, town.name, town.slug, town.name_folded) == (
        "DICO",
        "0211",
        "Odemira",
        "odemira",
        "odemira",
    )
    assert (town.district, town.region, town.country, town.nuts3) == ("Beja", "Alentejo", "PT", "PT1C1")
    assert (float(town.latitude), float(town.longitude), town.residents) == (37.59692, -8.64011, 24717)


def test_import_twice_changes_nothing():
    services.import_register(register_file(*TOWNS))
    before = list(Municipality.objects.order_by("pk").values())
    assert services.import_register(register_file(*TOWNS)) == services.ImportResult(0, 0, 5)
    assert list(Municipality.objects.order_by("pk").values()) == before
    assert Entry.objects.filter(action="municipalities.imported").count() == 1


def test_import_updates_a_renamed_town_and_keeps_its_address():
    services.import_register(register_file(ODEMIRA))
    changed = ODEMIRA.replace("Odemira", "Odemira do Mar").replace("24717", "30000")
    assert services.import_register(register_file(changed)) == services.ImportResult(0, 1, 0)
    town = Municipality.objects.get()
    assert (town.name, town.name_folded, town.slug, town.residents) == ("Odemira do Mar", "odemira do mar", "odemira", 30000)


def test_dry_run_counts_and_changes_nothing():
    assert services.import_register(register_file(*TOWNS), dry_run=True) == services.ImportResult(5, 0, 0)
    assert not Municipality.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (ODEMIRA.replace("24717", "24.717"), "row 3, column population: “24.717” is not a whole number"),
        (ODEMIRA.replace("24717", "-1"), "row 3, column population: “-1” is not a whole number"),
        (ODEMIRA.replace("37.59692", "NaN"), "row 3, column latitude: “NaN” is not a number of degrees between -90 and 90"),
        (ODEMIRA.replace("-8.64011", "-181"), "row 3, column longitude: “-181” is not a number of degrees between -180 and 180"),
        (ODEMIRA.replace("Odemira", ""), "row 3, column name: is empty"),
        (ODEMIRA.replace(",PT,", ",Portugal,"), "row 3, column country: must be 2 characters or fewer"),
        (ODEMIRA.replace(",PT,", ",P1,"), "row 3, column country: “P1” is not a country code of two letters"),
        (ODEMIRA.replace("Odemira", "O" * 121), "row 3, column name: must be 120 characters or fewer"),
        (ODEMIRA + ",more", "row 3, 11 columns instead of 10"),
        (GAIA, "row 3, column code: 1317 is also in row 2"),
    ],
)
def test_one_bad_row_stores_nothing_and_is_named(row, error):
    assert rejected(GAIA, row) == [error]


def test_missing_columns_are_named():
    short = HEADING.replace(",nuts3", "").replace("population", "people")
    found = short.replace(",", ", ")
    assert rejected(ODEMIRA, heading=short) == [f"These columns are missing: nuts3, population. Found: {found}."]


@pytest.mark.parametrize("data", [b"", b"\xff\xfec\0o\0d\0e\0", b"\x81\x8d\0"])
def test_files_that_are_no_register(data, db):
    with pytest.raises(ImportRejected):
        services.import_register(type("File", (), {"read": lambda self: data})())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_encodings_and_delimiters(encoding, delimiter):
    rows = [row.replace(",", delimiter) for row in (LAGOA_ACORES, ODEMIRA)]
    services.import_register(register_file(*rows, heading=HEADING.replace(",", delimiter), encoding=encoding))
    assert Municipality.objects.get(code="4201").district == "Açores"


def test_spanish_rows_keep_leading_zeros_and_empty_numbers():
    rows = ["INE,08001,Abrera,Barcelona,Catalunya,ES,ES511,41.51794,1.90221,12848",
            'INE,08101,"L\'Hospitalet de Llobregat",Barcelona,Catalunya,ES,,,,']  # fmt: skip
    services.import_register(register_file(*rows))
    assert list(Municipality.objects.order_by("code").values_list("code", "slug", "residents", "latitude")[1:]) == [
        ("08101", "lhospitalet-de-llobregat", None, None)
    ]


def test_namesakes_get_addresses_and_labels_of_their_own():
    services.import_register(register_file(LAGOA_FARO, LAGOA_ACORES, ODEMIRA))
    towns = Municipality.objects.order_by("code")
    assert [(town.slug, town.label) for town in towns] == [
        ("odemira", "Odemira"), ("lagoa-faro", "Lagoa (Faro)"), ("lagoa-acores", "Lagoa (Açores)"),
    ]  # fmt: skip


def test_a_namesake_that_comes_later_leaves_the_first_address():
    services.import_register(register_file(LAGOA_FARO))
    services.import_register(register_file(LAGOA_ACORES))
    towns = Municipality.objects.order_by("code")
    assert [(town.slug, town.label) for town in towns] == [("lagoa", "Lagoa (Faro)"), ("lagoa-acores", "Lagoa (Açores)")]


def test_command_says_what_changed_and_what_is_wrong(tmp_path, capsys):
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_bytes(register_file(*TOWNS).read())
    bad.write_bytes(register_file(ODEMIRA.replace("24717", "many")).read())
    call_command("import_municipalities", str(good), "--dry-run")
    call_command("import_municipalities", str(good))
    assert (
        capsys.readouterr().out
        == "Dry run, nothing was changed: 5 new, 0 changed, 0 as before.\n5 new, 0 changed, 0 as before.\n"
    )
    with pytest.raises(CommandError, match="row 2, column population"):
        call_command("import_municipalities", str(bad))
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_municipalities", str(tmp_path / "none.csv"))


def test_the_register_that_ships_is_whole():
    with open("municipalities/data/portugal.csv", "rb") as file:
        assert services.import_register(file) == services.ImportResult(308, 0, 0)
    assert Municipality.objects.filter(code__startswith="0").count() == 131
    assert Municipality.objects.filter(has_namesake=True).count() == 4
