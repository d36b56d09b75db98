"""Saved views: kept under a name, shown above their list, shared, renamed, removed; they show nobody more."""

from typing import Any
from urllib.parse import urlencode

import pytest

from tasks.models import Change, Measure, SavedView

LIST = "/milestones/"
LATE = f"{LIST}?light=overdue&sort=-due"


@pytest.fixture
def save(client_of: Any, world: Any) -> Any:
    """Sends the form of a new view; the client follows to what it shows."""

    def send(by: str = "staff", of: str = LATE, **typed: Any) -> Any:
        address = f"/saved-views/new/?{urlencode({'of': of})}"
        return client_of(by).post(address, {"name": "Late ones"} | typed, follow=True)

    return send


def _links(client: Any, address: str = LIST) -> dict[str, bool]:
    """By name, whether the view is open."""
    found = client.get(address).context["saved_views"]
    return {view.name: view == found.open for view in found.views}


def _errors(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 422
    return dict(answer.context["form"].errors)


def test_what_is_filtered_and_sorted_is_saved_and_opened_by_its_link(client_of: Any, save: Any) -> None:
    client = client_of("staff")
    assert "Save this view" not in client.get(LIST).content.decode()
    page = client.get(f"{LATE}&page=1&state=")
    assert "Save this view" in page.content.decode()
    form = client.get(page.context["saved_views"].save_url)
    assert "Schedule light: Overdue" in form.content.decode()
    answer = save()
    assert answer.redirect_chain[-1][0] == LATE
    assert _links(client) == {"Late ones": False}
    assert _links(client, f"{LIST}?sort=-due&light=overdue") == {"Late ones": True}
    assert _links(client, "/measures/") == {}
    assert "Save this view" not in client.get(LATE).content.decode()
    assert Change.objects.get(table="tasks_savedview").verb == "saved_view.kept"


def test_the_own_views_are_seen_by_nobody_else(client_of: Any, save: Any) -> None:
    save()
    view = SavedView.objects.get()
    for name in ("approver", "coordinator"):
        assert _links(client_of(name)) == {}
        assert client_of(name).get(view.get_absolute_url()).status_code == 404
        assert client_of(name).get(f"{view.get_absolute_url()}change/").status_code == 404
        client_of(name).post("/saved-views/", {"view": str(view.uuid)})
    assert SavedView.objects.count() == 1


@pytest.mark.parametrize("name", ["", "   "])
def test_a_view_needs_a_name(save: Any, name: str) -> None:
    assert _errors(save(name=name)) == {"name": ["Give the view a name."]}


def test_a_name_is_given_once_on_a_list(save: Any, client_of: Any) -> None:
    save()
    assert "choose another" in _errors(save(of=f"{LIST}?state=planned", name=" Late ones "))["name"][0]
    assert save(of="/measures/?search=a").status_code == 200
    assert save(by="approver").status_code == 200
    save(of=f"{LIST}?state=planned", name="Planned")
    view = SavedView.objects.get(name="Planned")
    renamed = client_of("staff").post(f"{view.get_absolute_url()}change/", {"name": "Late ones"})
    assert "choose another" in _errors(renamed)["name"][0]


@pytest.mark.parametrize(("of", "status"), [("", 404), ("/tasks/", 404), ("//elsewhere.example/", 404), (LIST, 422),
                                            (f"{LIST}?nonsense=1", 422), (f"{LIST}?search={'a' * 2000}", 422)])  # fmt: skip
def test_only_what_a_list_can_be_filtered_by_is_saved(save: Any, of: str, status: int) -> None:
    assert save(of=of).status_code == status
    assert not SavedView.objects.exists()


def test_a_view_is_renamed_and_removed(client_of: Any, save: Any) -> None:
    save()
    client, view = client_of("staff"), SavedView.objects.get()
    client.post(f"{view.get_absolute_url()}change/", {"name": "Overdue"})
    assert _links(client) == {"Overdue": False}
    assert "Overdue" in client.get("/saved-views/").content.decode()
    client.post("/saved-views/", {"view": str(view.uuid)})
    assert _links(client) == {}


def test_what_a_list_no_longer_knows_is_said_and_left_out(client_of: Any, save: Any) -> None:
    save()
    SavedView.objects.update(query="light=overdue&colour=red&state=forgotten&sort=-shade")
    answer = client_of("staff").get(SavedView.objects.get().get_absolute_url(), follow=True)
    assert answer.redirect_chain[-1][0] == f"{LIST}?light=overdue"
    assert "It is left out: " in answer.content.decode()
    assert all(word in answer.content.decode() for word in ("colour", "State", "Order"))
    assert answer.context["page"].paginator.count > 0
    SavedView.objects.update(path="/forgotten/")
    gone = client_of("staff").get(SavedView.objects.get().get_absolute_url(), follow=True)
    assert "is no longer there" in gone.content.decode()
    assert gone.redirect_chain[-1][0] == "/saved-views/"
    assert "Late ones" in gone.content.decode()


def test_the_coordinating_office_shares_and_everybody_opens_what_they_may_see(client_of: Any, save: Any) -> None:
    save(is_shared="on")  # staff are not asked: nothing is shared
    assert not SavedView.objects.get().is_shared
    save(by="coordinator", is_shared="on", name="Shared ones")
    assert _links(client_of("analyst")) == {"Shared ones": False}
    view = SavedView.objects.get(name="Shared ones")
    opened = {name: client_of(name).get(view.get_absolute_url(), follow=True) for name in ("analyst", "coordinator")}
    for name, answer in opened.items():
        assert answer.context["page"].paginator.count == client_of(name).get(LATE).context["page"].paginator.count
    assert client_of("analyst").get(f"{view.get_absolute_url()}change/").status_code == 403
    client_of("analyst").post("/saved-views/", {"view": str(view.uuid)})
    assert SavedView.objects.filter(pk=view.pk).exists()
    client_of("coordinator").post(f"{view.get_absolute_url()}change/", {"name": "Shared ones"})
    assert _links(client_of("analyst")) == {}


def test_what_is_shared_names_no_hidden_row(client_of: Any, save: Any, world: Any) -> None:
    hidden = world.milestones.restricted.measure
    Measure.objects.filter(pk=hidden.pk).update(tier=3)
    hidden.refresh_from_db()
    refused = save(by="coordinator", of=f"{LIST}?measure={hidden.code}", is_shared="on")
    assert "Not everybody may see" in _errors(refused)["is_shared"][0]
    assert save(by="coordinator", of=f"{LIST}?measure={hidden.code}").status_code == 200
    change = f"{SavedView.objects.get().get_absolute_url()}change/"
    shared = client_of("coordinator").post(change, {"name": "Late ones", "is_shared": "on"})
    assert "Not everybody may see" in _errors(shared)["is_shared"][0]


def test_a_past_day_opens_views_and_saves_none(client_of: Any, save: Any) -> None:
    save()
    client, past = client_of("staff"), "/as-of/2025-12-31"
    page = client.get(f"{past}{LIST}?state=planned")
    assert "Late ones" in page.content.decode()
    assert "Save this view" not in page.content.decode()
    opened = client.get(f"{past}{SavedView.objects.get().get_absolute_url()}", follow=True)
    assert opened.redirect_chain[-1][0] == f"{past}{LATE}"


def test_every_list_with_filters_takes_a_view(client_of: Any, save: Any, addresses: dict[str, str]) -> None:
    client, lists = client_of("coordinator"), []
    for address in addresses.values():
        path = address.partition("?")[0]
        if client.get(path, follow=True).context.get("filter_form"):
            lists.append(path)
            assert save(by="coordinator", of=f"{path}?sort=nonsense").status_code == 422
            assert save(by="coordinator", of=f"{path}?sort=", is_shared="on").status_code == 422
            SavedView.objects.create(owner=client.get("/").context["user"], path=path, query="colour=red", name="Any")
    assert len(lists) > 15
    for view in SavedView.objects.all():
        answer = client.get(view.get_absolute_url(), follow=True)
        assert (answer.status_code, answer.redirect_chain[-1][0]) == (200, view.path)
        shared = {"name": "All", "is_shared": "on"}
        assert "Not everybody" in _errors(client.post(f"{view.get_absolute_url()}change/", shared))["is_shared"][0]
