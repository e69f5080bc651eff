"""Where a tag fires: triggers of all types, conditions in plain words, blocking triggers, groups, tags that run others."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.gtm.conditions import cut, exact_texts, judge
from linter.gtm.model import Condition, Container, Entity, Item, Scope, Trigger
from linter.gtm.scope import RANKS, Scopes
from linter.gtm.scope_variables import Variables

ALL_PAGES, CONSENT, INIT, SERVER = "2147479553", "2147479572", "2147479573", "2147479574"
PATH, URL, HOST, CLICK, EVENT = "{{Page Path}}", "{{Page URL}}", "{{Page Hostname}}", "{{Click URL}}", "{{_event}}"


def node(text: str) -> Any:
    return SimpleNamespace(text=text, kind="text", items=[], entries={}, get=lambda key: None)


def tag(*firing: str, name: str = "Tag", index: int = 0, entity: Entity = "tag", **more: Any) -> Item:
    return Item(entity, node(""), f"/{entity}/{index}", index, str(index), name, "html", {}, firing=firing, **more)


def variable(name: str, type_: str, /, **parameters: str) -> Item:
    return Item("variable", node(""), f"/variable/{name}", 0, "", name, type_, {key: node(text) for key, text in parameters.items()})


def when(variable: str, operator: str, value: str, negate: bool = False, ignore_case: bool = False) -> Condition:
    return Condition(variable, operator, value, negate, ignore_case)


def container(triggers: Sequence[Trigger] = (), tags: Sequence[Item] = (), variables: Sequence[Item] = (), **more: Any) -> Container:
    parts = {"id": "GTM-ABC123", "name": "", "context": "web", "templates": (), "zones": (), **more}
    return Container(
        tags=tuple(tags), triggers={trigger.id: trigger for trigger in triggers}, variables={item.name: item for item in variables}, **parts
    )


def page(*filters: Condition, id_: str = "1", name: str = "T", type_: str = "PAGEVIEW", **more: Any) -> Trigger:
    return Trigger(id_, name, type_, filters, **more)


def custom(*events: Condition, filters: Sequence[Condition] = (), id_: str = "1", name: str = "T") -> Trigger:
    return Trigger(id_, name, "CUSTOMEVENT", tuple(filters), events)


def event(name: str, id_: str = "1", *filters: Condition) -> Trigger:
    return custom(when(EVENT, "equals", name), filters=filters, id_=id_)


def scope(*triggers: Trigger, blocking: Sequence[Trigger] = (), variables: Sequence[Item] = (), **more: Any) -> Scope:
    """The scope of a tag with these firing triggers, which get ids in their order unless they are the same."""
    item = tag(*(trigger.id for trigger in triggers), blocking=tuple(trigger.id for trigger in blocking))
    return Scopes(container((*triggers, *blocking), [item], variables, **more)).of(item)


def told(*triggers: Trigger, **more: Any) -> tuple[str, str]:
    found = scope(*triggers, **more)
    return found.where, found.text


class TestTypes:
    @pytest.mark.parametrize(
        "type_", ["PAGEVIEW", "DOMREADY", "WINDOWLOADED", "INIT", "CONSENTINIT", "SERVERPAGEVIEW", "DOM_READY", "windowLoaded"]
    )
    def test_page_views_are_on_all_pages(self, type_: str) -> None:
        assert scope(page(type_=type_)) == Scope("all-pages", "on all pages")

    @pytest.mark.parametrize("id_", [ALL_PAGES, CONSENT, INIT])
    def test_triggers_that_no_container_lists(self, id_: str) -> None:
        assert Scopes(container()).of(tag(id_)) == Scope("all-pages", "on all pages")

    def test_a_trigger_of_the_container_that_has_such_an_id_counts_first(self) -> None:
        own = event("lead", ALL_PAGES)
        assert told(own) == ("event", 'on the event "lead"')

    def test_a_server_container_fires_on_requests(self) -> None:
        every = "on every request that a client of the server container claims"
        assert Scopes(container(context="server")).of(tag(SERVER)) == Scope("all-pages", every)
        client = page(when("{{Client Name}}", "equals", "GA4"), type_="ALWAYS")
        assert told(client, context="server") == ("all-pages", f'{every} if client name is "GA4"')
        named = page(when("{{Event Name}}", "equals", "purchase"), type_="ALWAYS")
        assert scope(named, context="server") == Scope("event", 'on the event "purchase"', events=("purchase",))
        path = page(when("{{Path}}", "contains", "/book"), type_="ALWAYS")
        assert told(path, variables=[variable("Path", "ed", keyPath="page_path")], context="server") == (
            "pages-matching", f'{every} on pages whose path contains "/book"'
        )  # fmt: skip

    def test_a_change_of_the_address_may_come_on_any_page(self) -> None:
        assert told(page(type_="HISTORYCHANGE")) == ("all-pages", "on every change of the address without a new page on all pages")
        assert scope(page(when("{{History Source}}", "equals", "popstate"), type_="HISTORYCHANGE")).where == "all-pages"

    @pytest.mark.parametrize(
        ("type_", "noun"),
        [
            ("CLICK", "a click"),
            ("LINKCLICK", "a click on a link"),
            ("FORMSUBMISSION", "a form being sent"),
            ("FORM_SUBMIT", "a form being sent"),
            ("FORMSUBMIT", "a form being sent"),
            ("TIMER", "a timer running out"),
            ("SCROLLDEPTH", "scrolling"),
            ("ELEMENTVISIBILITY", "an element coming into view"),
            ("YOU_TUBE_VIDEO", "a YouTube video being watched"),
            ("JSERROR", "a script error"),
            ("AMPCLICK", "a click"),
            ("FIREBASEFIRSTOPEN", "the first opening of the app"),
        ],
    )
    def test_events_by_what_they_are(self, type_: str, noun: str) -> None:
        assert scope(page(type_=type_)) == Scope("event", f"on {noun}", events=(noun,))

    def test_a_type_that_is_not_known(self) -> None:
        assert told(page(type_="TELEPATHY")) == ("unknown", 'on its trigger "T", whose type is not known (TELEPATHY)')
        assert told(page(type_="", name="")) == ("unknown", "on its trigger, whose type is not known (none)")

    def test_other_items(self) -> None:
        scopes = Scopes(container())
        assert scopes.of(tag(entity="client")).where == "all-pages"
        assert scopes.of(tag(entity="zone")).where == "all-pages"
        assert scopes.of(tag(entity="variable")) == Scope("unknown", "wherever a tag uses it")


class TestCustomEvents:
    def test_one_event(self) -> None:
        assert scope(event("lead")) == Scope("event", 'on the event "lead"', events=("lead",))

    def test_a_condition_on_the_event_may_stand_among_the_filters(self) -> None:
        for left in (EVENT, "{{Event}}"):
            assert told(custom(filters=[when(left, "equals", "lead")])) == ("event", 'on the event "lead"')

    def test_an_expression_that_lists_names_gives_the_names(self) -> None:
        found = scope(custom(when(EVENT, "matchregex", "^(view|lead|form\\.sent)$")))
        assert found == Scope("event", 'on the events "view", "lead" and "form.sent"', events=("view", "lead", "form.sent"))

    def test_other_expressions_are_told(self) -> None:
        assert told(custom(when(EVENT, "matchregex", "form_.*", ignore_case=True))) == (
            "event",
            "on events that match /form_.*/ (ignoring case)",
        )
        assert told(custom(when(EVENT, "matchregex", "a|b", negate=True)))[1] == "on events that do not match /a|b/"
        assert told(custom(when(EVENT, "contains", "form")))[1] == 'on events whose name contains "form"'

    def test_every_event_comes_on_all_pages(self) -> None:
        found = scope(custom(when(EVENT, "matchregex", ".*")))
        assert found == Scope("all-pages", "on every event on all pages")
        narrowed = custom(when(EVENT, "matchregex", ".+"), filters=[when(PATH, "contains", "/book")])
        assert told(narrowed) == ("pages-matching", 'on every event on pages whose path contains "/book"')
        layer = custom(when(EVENT, "matchregex", ".*"), filters=[when("{{kind}}", "equals", "lead")])
        assert told(layer) == ("event", 'on every event if {{kind}} is "lead"')

    def test_the_event_of_a_page_view_is_the_page(self) -> None:
        assert scope(event("gtm.js")) == Scope("all-pages", "on all pages")
        assert scope(event("gtm.linkClick")).text == "on a click on a link"

    def test_two_names_at_once_never_come(self) -> None:
        assert scope(custom(when(EVENT, "equals", "a"), when(EVENT, "matchregex", "^(b|c)$"))).where == "never"

    def test_an_event_without_a_name(self) -> None:
        assert told(custom()) == ("event", "on an event whose name is missing")

    def test_pages_and_other_conditions_of_an_event_are_told(self) -> None:
        found = scope(event("lead", "1", when(PATH, "contains", "/contact"), when("{{Form ID}}", "equals", "f1")))
        assert found.text == 'on the event "lead" on pages whose path contains "/contact" if {{Form ID}} is "f1"'
        assert (found.where, found.conditions) == ("event", ('path contains "/contact"', '{{Form ID}} is "f1"'))


class TestConditions:
    @pytest.mark.parametrize(
        ("condition", "words"),
        [
            (when(PATH, "contains", "/contact"), 'path contains "/contact"'),
            (when(PATH, "contains", "/contact", negate=True), 'path does not contain "/contact"'),
            (when(PATH, "matchregex", r"^\/blog", True, True), r"path does not match the pattern /^\/blog/ (ignoring case)"),
            (when(URL, "equals", "https://example.org/"), 'URL is "https://example.org/"'),
            (when(HOST, "endswith", ".example.org"), 'hostname ends with ".example.org"'),
            (when(PATH, "startswith", "/a", negate=True), 'path does not start with "/a"'),
            (when("{{Page Hostname}}{{Page Path}}", "equals", "example.org/a"), '{{Page Hostname}}{{Page Path}} is "example.org/a"'),
            (when(PATH, "contains", "a\n b\u202e\0c" + "x" * 100), f'path contains "a b c{"x" * 74}…"'),
            (when(PATH, "isfunny", "x"), 'path isfunny "x"'),
        ],
    )
    def test_words(self, condition: Condition, words: str) -> None:
        found = scope(page(condition))
        assert (found.where, found.conditions, found.text) == ("pages-matching", (words,), f"on pages whose {words}")

    def test_conditions_of_one_trigger_hold_together(self) -> None:
        found = scope(page(when(PATH, "contains", "/a"), when(HOST, "equals", "x.org")))
        assert found.text == 'on pages whose path contains "/a" and whose hostname is "x.org"'

    def test_click_conditions_are_told_but_are_no_pages(self) -> None:
        found = scope(page(when(CLICK, "contains", "tel:"), type_="LINKCLICK"))
        assert found.text == 'on a click on a link if {{Click URL}} contains "tel:"'

    @pytest.mark.parametrize(
        "condition",
        [
            when(PATH, "matchregex", ".*", ignore_case=True),
            when(URL, "matchregex", "^.*$"),
            when(URL, "matchregex", "https?://.*"),
            when(URL, "matchregex", r"^https?:\/\/.*$"),
            when(URL, "matchregex", ".*"),
            when(URL, "matchregex", "appointment|"),
            when(PATH, "matchregex", "^/"),
            when(PATH, "matchregex", ".+"),
            when(PATH, "contains", "/"),
            when(PATH, "contains", ""),
            when(URL, "contains", "http"),
            when(PATH, "startswith", "/"),
            when(URL, "startswith", "http"),
            when("{{anything}}", "matchregex", ".*"),
            when("{{_triggers}}", "matchregex", r"(^$|((^|,)123_5($|,)))"),
            when("{{Debug Mode}}", "equals", "false"),
        ],
    )
    def test_what_always_holds_restricts_nothing(self, condition: Condition) -> None:
        assert scope(page(condition)) == Scope("all-pages", "on all pages")
        if condition.variable not in ("{{_triggers}}",):
            assert scope(page(condition._replace(negate=True))).where == "never"

    def test_the_page_condition_of_a_timer_or_click_stands_in_its_own_filter(self) -> None:
        assert scope(page(when(PATH, "matchregex", ".*", ignore_case=True), type_="TIMER")) == Scope(
            "event", "on a timer running out", events=("a timer running out",)
        )

    @pytest.mark.parametrize("value", ["^/$", "^/a", "/.+", "$/", "^http.*", "(/", "[/", r"\\/"])
    def test_expressions_that_only_look_so_restrict(self, value: str) -> None:
        assert scope(page(when(PATH, "matchregex", value))).where == "pages-matching"

    @pytest.mark.parametrize("value", ["/", "http", "://"])
    def test_a_start_that_no_address_has_restricts(self, value: str) -> None:
        assert scope(page(when(HOST, "startswith", value))).where == "pages-matching"

    def test_conditions_that_exclude_one_another(self) -> None:
        both = page(when(PATH, "contains", "/a"), when(PATH, "contains", "/a", negate=True))
        assert told(both) == ("never", 'never: its trigger "T" cannot come true (its conditions exclude one another)')
        assert scope(page(when(PATH, "equals", "/a"), when(PATH, "equals", "/b"))).where == "never"
        assert scope(page(when(PATH, "equals", "/A"), when(PATH, "equals", "/a"))).where == "pages-matching"

    def test_the_referrer_is_not_the_page(self) -> None:
        found = scope(page(when("{{Referrer}}", "contains", "/booking")))
        assert found.where == "unknown"
        assert found.text == 'where {{Referrer}} contains "/booking" (which pages these are cannot be told from the container)'

    @pytest.mark.parametrize("type_", ["jsm", "v", "k", "smm", "remm", "j", "d", "aev", "cvt_1_2"])
    def test_what_only_a_visit_can_tell(self, type_: str) -> None:
        found = scope(page(when("{{is blog}}", "equals", "true")), variables=[variable("is blog", type_)])
        assert (found.where, found.conditions) == ("unknown", ('{{is blog}} is "true"',))
        beside = scope(page(when("{{is blog}}", "equals", "true"), when(PATH, "contains", "/a")), variables=[variable("is blog", type_)])
        assert (beside.where, beside.text) == ("pages-matching", 'on pages whose path contains "/a" if {{is blog}} is "true"')

    def test_more_conditions_than_are_looked_at(self) -> None:
        found = scope(page(*[when(PATH, "matchregex", ".*")] * 60))
        assert (found.where, found.conditions) == ("unknown", ("10 more conditions hold",))


class TestVariables:
    @pytest.mark.parametrize(
        ("component", "part"),
        [
            ("", "URL"),
            ("URL", "URL"),
            ("HOST", "hostname"),
            ("PATH", "path"),
            ("QUERY", "query"),
            ("FRAGMENT", "fragment"),
            ("EXTENSION", "file extension"),
        ],
    )
    def test_url_variables_are_the_page_whatever_their_name(self, component: str, part: str) -> None:
        own = variable("url-url", "u", component=component)
        assert scope(page(when("{{url-url}}", "equals", "x")), variables=[own]).conditions == (f'{part} is "x"',)

    def test_a_query_parameter(self) -> None:
        own = variable("doc", "u", component="QUERY", queryKey="doctor")
        assert scope(page(when("{{doc}}", "equals", "smith")), variables=[own]).text == 'on pages whose query parameter "doctor" is "smith"'

    def test_a_part_of_another_address_is_not_the_page(self) -> None:
        for source, where in [
            ("{{Click URL}}", "unknown"),
            ("https://x.org/a", "unknown"),
            ("{{Page URL}}", "pages-matching"),
            ("{{p}}", "unknown"),
        ]:
            own = variable("p", "u", component="PATH", customUrlSource=source)
            assert scope(page(when("{{p}}", "contains", "/a")), variables=[own]).where == where

    def test_the_browsers_location(self) -> None:
        for name, part in [("location.pathname", "path"), ("window.location.href", "URL"), ("document.title", "title")]:
            assert scope(page(when("{{x}}", "equals", "y")), variables=[variable("x", "j", name=name)]).conditions == (f'{part} is "y"',)

    def test_a_variable_of_the_container_counts_before_a_built_in_one(self) -> None:
        assert scope(page(when(PATH, "equals", "/a")), variables=[variable("Page Path", "jsm")]).where == "unknown"

    def test_constants_on_both_sides(self) -> None:
        own = [variable("env", "c", value="live"), variable("path", "c", value="/{{env}}/")]
        assert scope(page(when("{{env}}", "equals", "live")), variables=own).where == "all-pages"
        never = page(when("{{env}}", "equals", "test"))
        assert told(never, variables=own) == ("never", 'never: its trigger "T" cannot come true (it asks that {{env}} is "test")')
        assert scope(page(when(PATH, "contains", "{{path}}")), variables=own).conditions == ('path contains "/live/"',)
        assert scope(page(when(PATH, "contains", "{{unknown}}")), variables=own).conditions == ('path contains "{{unknown}}"',)

    @pytest.mark.parametrize(
        ("operator", "value", "holds"),
        [
            ("contains", "1", True), ("startswith", "UA", True), ("endswith", "x", False), ("equals", "ua-1", False),
            ("matchregex", "UA|GA", True),
            ("matchregex", "^(UA-1|UA-2)$", True), ("matchregex", "^UA", None), ("greater", "1", None), ("cssselector", "a", None),
        ],
    )  # fmt: skip
    def test_constants_are_compared_and_no_expression_is_run(self, operator: str, value: str, holds: bool | None) -> None:
        variables = Variables(container(variables=[variable("c", "c", value="UA-1")]))
        assert judge(when("{{c}}", operator, value), variables).holds is holds
        assert judge(when("{{c}}", operator, value, negate=True), variables).holds is (None if holds is None else not holds)

    def test_numbers(self) -> None:
        variables = Variables(container(variables=[variable("c", "c", value="5")]))
        found = [
            judge(when("{{c}}", operator, "5"), variables).holds for operator in ("greater", "greaterorequals", "less", "lessorequals")
        ]
        assert found == [False, True, False, True]

    def test_a_trigger_that_waits_for_an_id_that_will_be_filled_in(self) -> None:
        own = [variable("UA_ID", "c", value="%%UA_ID%%")]
        never = page(when("{{UA_ID}}", "contains", "-", negate=True), name="NO PAGES")
        assert told(never, variables=own) == (
            "never",
            'never: its trigger "NO PAGES" cannot come true (it asks that {{UA_ID}} does not contain "-")',
        )
        assert scope(page(when("{{UA_ID}}", "contains", "-"), type_="TIMER"), variables=own).text == "on a timer running out"
        for value in ("", "%%HOST%%", "YOUR_VALUE"):
            found = scope(page(when("{{UA_ID}}", "contains", "-", negate=True)), variables=[variable("UA_ID", "c", value=value)])
            assert found.where == "unknown"

    def test_constants_in_circles_and_towers(self) -> None:
        own = [variable("a", "c", value="{{b}}"), variable("b", "c", value="{{a}}")]
        assert scope(page(when("{{a}}", "equals", "x")), variables=own).where == "unknown"
        tower = [variable("0", "c", value="lol")] + [variable(str(n), "c", value=f"{{{{{n - 1}}}}}" * 10) for n in range(1, 30)]
        assert scope(page(when("{{29}}", "equals", "x")), variables=tower).where == "unknown"


class TestSeveral:
    def test_the_widest_decides_and_all_are_told(self) -> None:
        found = Scopes(container([event("lead")])).of(tag("1", ALL_PAGES))
        assert found == Scope("all-pages", 'on all pages, and on the event "lead"', events=("lead",))
        found = scope(event("a", "1"), page(when(PATH, "equals", "/b"), id_="2"), event("c", "3"), page(id_="4", type_="CLICK"))
        assert found.text == 'on pages whose path is "/b", and on the events "a" and "c" and a click'

    def test_triggers_that_differ_in_one_condition_are_told_as_one(self) -> None:
        triggers = [page(when(PATH, "contains", value), id_=str(n)) for n, value in enumerate(("/a b", "/c", "/d"))]
        assert told(*triggers) == ("pages-matching", 'on pages whose path contains "/a b", "/c" or "/d"')
        triggers.append(page(when(HOST, "equals", "x"), id_="x"))
        assert told(*triggers) == ("pages-matching", 'on pages whose path contains "/a b", "/c" or "/d" or whose hostname is "x"')

    def test_long_lists_are_cut_short(self) -> None:
        triggers = [event(f"e{n}", str(n), when("{{x}}", "equals", "y" * 70), when("{{z}}", "equals", str(n))) for n in range(9)]
        found = scope(*triggers)
        assert found.text.endswith(", and in 7 other cases")
        assert len(found.text) < 500
        assert len(found.conditions) == 10

    def test_what_is_not_known_hides_nothing(self) -> None:
        assert told(event("lead"), page(when("{{x}}", "equals", "y"), id_="2")) == (
            "event",
            'on the event "lead", and where {{x}} is "y" (which pages these are cannot be told from the container)',
        )

    def test_a_trigger_that_is_not_in_the_file(self) -> None:
        scopes = Scopes(container([event("lead")]))
        assert scopes.of(tag("99")) == Scope("unknown", "on a trigger that is not in this file (id 99)")
        assert scopes.of(tag("1", "99", index=1)) == Scope(
            "event", 'on the event "lead", and on a trigger that is not in this file (id 99)', events=("lead",)
        )

    def test_a_trigger_may_be_named_instead_of_numbered(self) -> None:
        assert Scopes(container([event("lead")._replace(name="lead_trigger")])).of(tag("lead_trigger")).where == "event"

    def test_a_trigger_that_never_comes_true_is_not_told_beside_others(self) -> None:
        never = page(when("{{c}}", "equals", "y"), id_="2")
        assert told(event("lead"), never, variables=[variable("c", "c", value="x")]) == ("event", 'on the event "lead"')

    def test_many(self) -> None:
        found = scope(*[page(when(PATH, "contains", f"/{n}"), when(HOST, "equals", "x"), id_=str(n)) for n in range(200)])
        assert found.text.endswith(", and in 19 other cases")
        assert len(found.conditions) <= 50
        assert scope(*[event(f"e{n}", str(n)) for n in range(9)]).text == 'on the events "e0", "e1", "e2", "e3", "e4" and 4 others'


class TestNever:
    def test_no_trigger(self) -> None:
        assert Scopes(container()).of(tag()) == Scope("never", "never: it has no trigger")

    def test_paused(self) -> None:
        assert Scopes(container()).of(tag(ALL_PAGES, paused=True, name="Booking")) == Scope(
            "never", "never: it is paused", sensitive=("appointment",)
        )


class TestBlocking:
    def test_pages_are_excepted(self) -> None:
        found = scope(page(), blocking=[page(when(PATH, "contains", "/portal"), id_="2", name="Patient portal")])
        assert found.text == 'on all pages, except on pages whose path contains "/portal"'
        assert (found.where, found.exceptions) == ("all-pages", ('on pages whose path contains "/portal"',))
        assert found.sensitive == ()

    def test_all_pages_are_blocked(self) -> None:
        assert told(page(), blocking=[page(id_="2", name="Nowhere")]) == (
            "never",
            'never: the trigger "Nowhere" blocks it wherever it would fire',
        )
        everything = custom(when(EVENT, "matchregex", ".*"), id_="2")
        assert scope(event("lead"), page(id_="3", type_="CLICK"), blocking=[everything]).where == "never"

    def test_a_trigger_that_both_fires_and_blocks(self) -> None:
        one = page(when(PATH, "contains", "/a"))
        assert told(one, blocking=[one]) == ("never", 'never: the trigger "T" both fires and blocks it')

    def test_the_same_conditions_by_another_trigger(self) -> None:
        a, b = when(PATH, "contains", "/a"), when(HOST, "equals", "x")
        assert scope(page(a, b), blocking=[page(a, id_="2")]).where == "never"
        assert scope(page(a), blocking=[page(a, b, id_="2")]).where == "pages-matching"

    def test_a_blocking_trigger_on_another_event_changes_nothing(self) -> None:
        assert scope(page(type_="DOMREADY"), blocking=[page(id_="2")]) == Scope("all-pages", "on all pages")
        assert scope(event("lead"), blocking=[page(id_="2", type_="CLICK"), event("other", "3")]) == Scope(
            "event", 'on the event "lead"', events=("lead",)
        )
        assert scope(page(type_="INIT"), blocking=[page(id_=ALL_PAGES)]).where == "all-pages"

    def test_only_some_of_the_firing_triggers_are_blocked(self) -> None:
        found = scope(page(), event("lead", "3"), blocking=[page(when(PATH, "contains", "/x"), id_="2")])
        assert found.text == 'on all pages except on pages whose path contains "/x", and on the event "lead"'
        assert scope(page(), event("lead", "3"), blocking=[page(id_="2")]).text == 'on the event "lead"'

    def test_every_event_on_some_pages(self) -> None:
        block = custom(when(EVENT, "matchregex", ".*"), filters=[when(PATH, "contains", "/portal")], id_="2")
        found = scope(page(), event("lead", "3"), blocking=[block])
        assert found.text == 'on all pages, and on the event "lead", except on pages whose path contains "/portal"'

    def test_one_of_several_events(self) -> None:
        found = scope(custom(when(EVENT, "matchregex", "^(a|b)$")), blocking=[event("a", "2")])
        assert found.text == 'on the events "a" and "b", except on the event "a"'
        assert scope(custom(when(EVENT, "matchregex", "^(a|b)$")), blocking=[event("a", "2"), event("b", "3")]).where == "never"

    def test_what_only_a_visit_can_tell_and_what_is_not_in_the_file(self) -> None:
        found = scope(page(), blocking=[page(when("{{internal}}", "equals", "true"), id_="2")])
        assert found.text == 'on all pages, except if {{internal}} is "true"'
        item = tag(ALL_PAGES, blocking=("99",))
        assert Scopes(container()).of(item).text == "on all pages, except on a trigger that is not in this file (id 99)"

    def test_a_blocking_trigger_that_never_comes_true(self) -> None:
        block = page(when(PATH, "matchregex", ".*", negate=True), id_="2")
        assert scope(page(), blocking=[block]) == Scope("all-pages", "on all pages")

    def test_many(self) -> None:
        blocks = [page(when(PATH, "contains", f"/{n}"), when(HOST, "equals", "x"), id_=f"b{n}") for n in range(40)]
        found = scope(page(), blocking=blocks)
        assert len(found.exceptions) == 13
        assert found.text.endswith('"/4" and whose hostname is "x" or in 8 other cases')


class TestGroups:
    def group(self, *members: str, id_: str = "g") -> Trigger:
        return Trigger(id_, "Group", "TRIGGERGROUP", members=members)

    def fired(self, *triggers: Trigger) -> tuple[str, str]:
        found = Scopes(container(triggers)).of(tag("g"))
        return found.where, found.text

    def test_all_members_must_have_come_true(self) -> None:
        pages = page(when(PATH, "contains", "/book"), id_="1")
        assert self.fired(self.group("1", "2"), pages, page(id_="2", type_="TIMER")) == (
            "event", 'on a timer running out on pages whose path contains "/book"'
        )  # fmt: skip
        assert self.fired(self.group("1", ALL_PAGES), pages) == ("pages-matching", 'on pages whose path contains "/book"')
        assert self.fired(self.group("1", "2"), event("a"), page(id_="2", type_="CLICK"))[1] == 'on the event "a" together with a click'
        assert self.fired(self.group(ALL_PAGES, CONSENT)) == ("all-pages", "on all pages")

    def test_one_that_never_comes_true(self) -> None:
        assert self.fired(self.group("1", ALL_PAGES), page(when(PATH, "matchregex", ".*", negate=True)))[0] == "never"

    def test_one_that_cannot_be_told(self) -> None:
        assert self.fired(self.group("1", ALL_PAGES), page(when("{{x}}", "equals", "y")))[0] == "unknown"
        assert self.fired(self.group("99", ALL_PAGES)) == ("unknown", "on a trigger that is not in this file (id 99)")
        assert self.fired(self.group("99", "1"), event("a")) == (
            "event", 'on the event "a" if a trigger that is not in this file (id 99) has come true as well'
        )  # fmt: skip

    def test_groups_in_groups_and_circles(self) -> None:
        inner = self.group("1", "g", id_="h")
        assert self.fired(self.group("h", "g"), inner, event("a")) == ("event", 'on the event "a"')
        assert self.fired(self.group("h"), self.group("g", id_="h")) == (
            "unknown",
            'on its trigger "Group", a group that names no triggers',
        )
        assert self.fired(self.group())[0] == "unknown"

    def test_deep_and_wide(self) -> None:
        deep = [self.group(f"g{n + 1}", id_="g" if n == 0 else f"g{n}") for n in range(5000)]
        assert self.fired(*deep)[0] == "unknown"
        wide = [event(f"e{n}", str(n)) for n in range(5000)]
        assert len(self.fired(self.group(*(trigger.id for trigger in wide)), *wide)[1]) < 5000


class TestRunByOthers:
    def of(self, name: str, *tags: Item, triggers: Sequence[Trigger] = ()) -> Scope:
        tags = tuple(item._replace(index=number, pointer=f"/tag/{number}") for number, item in enumerate(tags))
        return Scopes(container(triggers, tags)).of(next(item for item in tags if item.name == name))

    def test_setup_and_teardown_tags_fire_where_the_tag_does_that_runs_them(self) -> None:
        lead = tag("1", name="Lead", setup=("Base",), teardown=("After",))
        for name in ("Base", "After"):
            assert self.of(name, lead, tag(name=name), triggers=[event("lead")]) == Scope(
                "event", 'on the event "lead", run by the tag "Lead"', events=("lead",)
            )

    def test_chains_and_circles(self) -> None:
        tags = [tag(ALL_PAGES, name="A", setup=("B",)), tag(name="B", setup=("C",)), tag(name="C", setup=("B", "C"))]
        assert self.of("C", *tags).where == "all-pages"
        assert self.of("B", *tags[1:]) == Scope("never", "never: it has no trigger, and the tags that run it never fire")

    def test_paused_tags_run_nothing(self) -> None:
        assert (
            self.of("Base", tag(ALL_PAGES, name="Lead", setup=("Base",), paused=True), tag(name="Base")).text == "never: it has no trigger"
        )
        assert self.of("Base", tag(ALL_PAGES, name="Lead", setup=("Base",)), tag(name="Base", paused=True)).text == "never: it is paused"

    def test_a_tag_with_triggers_of_its_own(self) -> None:
        lead = tag("1", name="Lead", setup=("Base",))
        assert self.of("Base", lead, tag(ALL_PAGES, name="Base"), triggers=[event("lead")]) == Scope(
            "all-pages", 'on all pages, and with the tag "Lead"'
        )
        wider = tag(ALL_PAGES, name="Lead", setup=("Base",))
        assert self.of("Base", wider, tag("1", name="Base"), triggers=[event("lead")]).text == (
            'on the event "lead", and with the tag "Lead" (on all pages, and on the event "lead")'
        )

    def test_its_own_blocking_triggers_do_not_count_then(self) -> None:
        base = tag(name="Base", blocking=(ALL_PAGES,))
        assert self.of("Base", tag(ALL_PAGES, name="Lead", setup=("Base",)), base).where == "all-pages"

    def test_several_tags(self) -> None:
        tags = [tag(ALL_PAGES, name=f"T{n}", setup=("Base",)) for n in range(100)]
        assert self.of("Base", *tags, tag(name="Base")).text == 'on all pages, run by the tags "T0", "T1", "T2" and 27 others'

    def test_long_chains(self) -> None:
        tags = [tag(name=f"T{n}", setup=(f"T{n + 1}",)) for n in range(5000)]
        assert self.of("T4999", *tags) == Scope("unknown", "with 30 or more tags that run it")
        assert self.of("T20", *tags).where == "never"


class TestSensitive:
    def test_conditions_events_and_names_speak(self) -> None:
        triggers = [
            page(when(PATH, "contains", "/Pay-Bill")),
            event("book_appointment", "2"),
            page(id_="3", type_="CLICK", name="Click: our doctors"),
        ]
        item = tag("1", "2", "3", name="Meta - Portal del paciente")
        assert Scopes(container(triggers)).of(item).sensitive == ("appointment", "portal", "provider", "payment")

    def test_expressions_speak(self) -> None:
        assert scope(page(when(PATH, "matchregex", r"\/(citas|reservar)\b"))).sensitive == ("appointment",)
        assert scope(page(when(PATH, "matchregex", r"^(?!.*portal).*$"), name="No portal")).sensitive == ()

    def test_what_is_excluded_is_not_spoken_of(self) -> None:
        assert scope(page(when(PATH, "contains", "/portal", negate=True), name="All but the portal")).sensitive == ()
        assert scope(page(when(PATH, "contains", "/portal", negate=True), when(PATH, "contains", "/portal/book"))).sensitive == (
            "appointment",
            "portal",
        )

    def test_a_blocking_trigger_that_leaves_only_such_pages(self) -> None:
        block = page(when(PATH, "contains", "/booking", negate=True), id_="2")
        assert scope(page(), blocking=[block]).sensitive == ("appointment",)

    def test_the_kinds_of_a_trigger_that_fires_nothing_are_left_out(self) -> None:
        assert scope(page(when("{{c}}", "equals", "y"), name="Booking"), variables=[variable("c", "c", value="x")]).sensitive == ()


def test_exact_texts() -> None:
    assert exact_texts("^(a|b)$") == exact_texts("^(?:a|b)$") == exact_texts("^a$|^b$") == ("a", "b")
    assert exact_texts(r"^form\.sent$") == ("form.sent",)
    for pattern in ("a|b", "^a|b$", "^(a|b)", "^(a.)$", "^(a|)$", r"^\d$", "", "^$", r"^a\$", "^(a|b)$|c", "^((a)|b)$", "^a" * 400):
        assert exact_texts(pattern) == ()


def test_cut() -> None:
    assert (cut("x" * 80), cut("x" * 81), cut(" a\t\n b ")) == ("x" * 80, "x" * 79 + "…", "a b")


def test_published_containers_have_no_names_for_some_variables() -> None:
    own = [variable("macro 3", "aev", varType="TEXT"), variable("macro 4", "jsm")]
    found = scope(
        page(when("{{macro 3}}", "equals", "Book"), when("{{macro 4}}", "equals", "1"), type_="CLICK"), variables=own, published=True
    )
    assert found.text == 'on a click if the clicked or sent element\'s text is "Book" and {{macro 4}} is "1"'


TEXTS = st.sampled_from([
    "", "/", "/book", ".*", "^/a", "{{c}}", "{{d}}", "lead", "gtm.js", "(", "^(a|b)$", "a|", "x" * 200, "{{", "\0\u202e", "-",
    "{{Page Path}}", "{{nothing}}",
])  # fmt: skip
LEFT = st.sampled_from(
    [PATH, URL, EVENT, "{{Event}}", CLICK, "{{c}}", "{{d}}", "{{u}}", "{{s}}", "", "{{", "Page Path", "{{Page Path}}{{c}}", "{{_triggers}}"]
)
OPERATORS = st.sampled_from(
    ["equals", "contains", "startswith", "endswith", "matchregex", "greater", "cssselector", "urlmatches", "", "odd"]
)
IDS = st.sampled_from(["1", "2", "3", "4", "5", ALL_PAGES, INIT, SERVER, "99", ""])
NAMES = st.sampled_from(["A", "B", "C", "", "Booking", "Lead (not portal)"])
CONDITIONS = st.builds(Condition, LEFT, OPERATORS, TEXTS, st.booleans(), st.booleans())
TYPES = st.sampled_from(
    ["PAGEVIEW", "DOMREADY", "CUSTOMEVENT", "CLICK", "TRIGGERGROUP", "ALWAYS", "HISTORYCHANGE", "", "odd", "FORM_SUBMIT"]
)
CONDITION_LISTS = st.lists(CONDITIONS, max_size=3).map(tuple)
ID_LISTS = st.lists(IDS, max_size=4).map(tuple)
TRIGGERS = st.builds(Trigger, IDS, NAMES, TYPES, CONDITION_LISTS, CONDITION_LISTS, ID_LISTS)
NAME_LISTS = st.lists(NAMES, max_size=2).map(tuple)
TAGS = st.builds(
    lambda firing, blocking, name, setup, teardown, paused: tag(
        *firing, name=name, blocking=blocking, setup=setup, teardown=teardown, paused=paused
    ),
    ID_LISTS, ID_LISTS, NAMES, NAME_LISTS, NAME_LISTS, st.sampled_from([False, False, False, True]),
)  # fmt: skip
VARIABLES = [
    variable("c", "c", value="{{d}}-1"), variable("d", "c", value="%%UA_ID%%"), variable("u", "u", component="PATH"),
    variable("s", "u", customUrlSource="{{s}}"),
]  # fmt: skip
CONTAINERS = st.builds(
    lambda triggers, tags, context: container(
        triggers, [item._replace(index=number, pointer=f"/tag/{number}") for number, item in enumerate(tags)], VARIABLES, context=context
    ),
    st.lists(TRIGGERS, max_size=6), st.lists(TAGS, min_size=1, max_size=4), st.sampled_from(["web", "server", "amp", ""]),
)  # fmt: skip


@settings(max_examples=100)
@given(CONTAINERS)
def test_any_container_gives_bounded_sentences_and_the_same_again(box: Container) -> None:
    one, other = Scopes(box), Scopes(box)
    found = [one.of(item) for item in box.tags]
    assert found == [*reversed([other.of(item) for item in reversed(box.tags)])]
    for each in found:
        assert each.where in RANKS
        assert 0 < len(each.text) < 6000
        assert each.text.isprintable()
        assert each.text == " ".join(each.text.split())
        assert (each.where == "never") == each.text.startswith("never: ")


@settings(max_examples=100)
@given(CONTAINERS, IDS)
def test_one_more_firing_trigger_never_narrows(box: Container, id_: str) -> None:
    before = Scopes(box).of(box.tags[0])
    wider = box.tags[0]._replace(firing=(*box.tags[0].firing, id_))
    after = Scopes(box._replace(tags=(wider, *box.tags[1:]))).of(wider)
    assert RANKS.index(after.where) >= RANKS.index(before.where)


@given(CONTAINERS, IDS)
def test_one_more_blocking_trigger_never_widens(box: Container, id_: str) -> None:
    before = Scopes(box).of(box.tags[0])
    narrower = box.tags[0]._replace(blocking=(*box.tags[0].blocking, id_))
    after = Scopes(box._replace(tags=(narrower, *box.tags[1:]))).of(narrower)
    assert RANKS.index(after.where) <= RANKS.index(before.where)


@given(CONTAINERS)
def test_pausing_stops_a_tag(box: Container) -> None:
    paused = box.tags[0]._replace(paused=True)
    assert Scopes(box._replace(tags=(paused, *box.tags[1:]))).of(paused).where == "never"
