"""A municipality is chosen by one field that needs no script."""

import pytest
from django import forms

from municipalities import services
from municipalities.fields import MunicipalityField
from tests.municipalities.files import LAGOA_FARO, register_file


class TownForm(forms.Form):
    municipality = MunicipalityField(required=False)


def answer(**data) -> tuple[str | None, list[str], list[str]]:
    """Code of the town, errors, and what is offered instead."""
    form = TownForm(data)
    form.full_clean()
    town = form.cleaned_data.get("municipality")
    offered = [value for value, _town in form.fields["municipality"].widget.suggestions]
    return town and town.code, list(form.errors.get("municipality", [])), offered


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Odemira", "0211"), ("  ODEMIRA ", "0211"), ("odémira", "0211"), ("Odemira\u200b", "0211"), ("povoa de lanhoso", "0309"),
        ("Póvoa  de Lanhoso", "0309"), ("Lagoa (Faro)", "0806"), ("lagoa (acores)", "4201"), ("Lagoa (4201)", "4201"),
        ("Odemira (Beja)", "0211"), ("", None), ("   ", None),
    ],
)  # fmt: skip
def test_a_name_is_enough(towns, typed, code):
    assert answer(municipality=typed) == (code, [], [])


def test_namesakes_are_offered(towns):
    assert answer(municipality="lagoa") == (
        None, ["There are 2 municipalities called Lagoa. Choose yours"], ["Lagoa (Faro)", "Lagoa (Açores)"],
    )  # fmt: skip


def test_the_chosen_button_counts_before_the_text(towns):
    assert answer(municipality="lagoa", municipality_choice="Lagoa (Açores)") == ("4201", [], [])


@pytest.mark.parametrize(
    ("typed", "offered"), [("Odmira", ["Odemira"]), ("Gaia", ["Vila Nova de Gaia"]), ("Vila Nova Gaia", ["Vila Nova de Gaia"])]
)
def test_a_slip_is_asked_about_never_guessed(towns, typed, offered):
    error = f"Choose your municipality from the list. Did you mean {offered[0]}?"
    assert answer(municipality=typed) == (None, [error], offered)


@pytest.mark.parametrize("typed", ["Xyzzy", "a\0b", "%", "_", "'; drop table", "x" * 10_000, "Lagoa (Marte)"])
def test_what_is_no_town_is_refused(towns, typed):
    code, errors, _offered = answer(municipality=typed)
    assert (code, len(errors)) == (None, 1)
    assert errors[0].startswith("Choose your municipality from the list")


def test_required_and_initial(towns):
    form = type("Required", (forms.Form,), {"municipality": MunicipalityField()})({"municipality": ""})
    assert form.errors["municipality"] == ["Choose your municipality"]
    shown = str(TownForm(initial={"municipality": towns["0806"]})["municipality"])
    assert 'value="Lagoa (Faro)"' in shown


def test_errors_show_buttons_tied_to_the_field(towns):
    html = TownForm({"municipality": "lagoa"})["municipality"].as_field_group()
    assert 'value="lagoa"' in html
    assert html.count('type="radio" name="municipality_choice"') == 2
    assert "style=" not in html


def test_twins_in_one_district_are_told_apart_by_code(towns):
    services.import_register(register_file(LAGOA_FARO.replace("0806", "0899")))
    _code, _errors, offered = answer(municipality="Lagoa (Faro)")
    assert offered == ["Lagoa (0806)", "Lagoa (0899)"]
    assert answer(municipality_choice="Lagoa (0899)")[0] == "0899"
