"""The written list of every rule. A rule is ``(directory, today) -> findings``, of one record ``(ground, placed, today) -> findings``.

Add a line here to add a rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from tsunagite.check import (
    characters,
    contacts,
    events,
    finder,
    freshness,
    guides,
    identity,
    pamphlets,
    places,
    plain_words,
    privacy,
    substance,
    ties,
    worksheets,
)
from tsunagite.engine.digest import digest
from tsunagite.engine.memo import Known, chunks, memo
from tsunagite.findings import Finding
from tsunagite.records.directory import Directory, RuleContext
from tsunagite.records.load.records import Located
from tsunagite.records.model.organization import Organization
from tsunagite.records.model.resource import Resource

Rule = Callable[[Directory, date], Iterator[Finding]]
RuleOfRecord = Callable[[RuleContext, Located[Resource], date], Iterator[Finding]]
RuleOfContacts = Callable[[RuleContext, Located[Resource] | Located[Organization], date], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    identity.ids_are_unique,
    identity.ids_are_not_lost,
    identity.ids_are_not_given_again,
    identity.references_resolve,
    identity.areas_do_not_hold_themselves,
    identity.parents_of_towns_agree_with_layers,
    identity.no_town_lies_whole_in_two_areas_of_a_layer,
    places.the_outline_is_at_hand,
    places.addresses_do_not_share_one_point,
    contacts.emergency_numbers_are_possible,
    substance.lists_have_readings,
    substance.lists_name_areas,
    freshness.lists_are_renewed,
    freshness.publishers_of_lists_are_known,
    freshness.terms_of_office_are_renewed,
    characters.characters_of_towns_lists_and_events_are_whole,
    events.events_lie_ahead,
    events.phones_are_possible,
    finder.windows_can_be_called,
    finder.every_town_has_one_first_window,
    finder.no_path_ends_in_silence,
    finder.tables_are_used_and_checked,
    finder.duties_are_filled,
    finder.delicate_addresses_tell_nothing,
    finder.hotlines_have_numbers,
    finder.emergencies_lead_to_numbers,
    guides.guides_have_one_name,
    guides.guides_lead_somewhere,
    guides.sources_are_cited,
    guides.citations_are_data,
    guides.guides_are_text,
    guides.guides_are_reviewed,
    guides.words_are_explained_once,
    plain_words.guides_are_in_plain_words,
    worksheets.sheets_have_one_name,
    worksheets.sheets_lead_somewhere,
    worksheets.letters_lead_to_lines,
    worksheets.nothing_was_skipped,
    worksheets.sheets_speak_of_no_single_case,
    worksheets.sheets_are_allowed_on_the_site,
    ties.ties_join_two_stakeholders,
    ties.ties_are_written_once,
    ties.partners_are_open,
    ties.ties_name_no_person,
    ties.days_of_ties_are_not_ahead,
    pamphlets.nothing_is_pinned_and_left_out,
    pamphlets.print_runs_are_named_after_paper_and_day,
)
"""Rules of the whole."""

RULES_OF_RECORDS: tuple[RuleOfRecord, ...] = (
    identity.references_of_records_resolve,
    identity.files_are_where_people_look,
    places.points_are_whole,
    places.points_lie_in_the_municipality,
    places.a_place_or_an_area_is_given,
    contacts.somebody_can_be_reached,
    contacts.reasons_have_no_contact_beside_them,
    privacy.refuges_stay_secret,
    privacy.homes_are_not_addresses,
    privacy.people_on_photographs_have_agreed,
    privacy.private_parts_stay_private,
    privacy.texts_name_no_person,
    privacy.texts_lead_to_no_home,
    privacy.mail_addresses_belong_to_groups,
    privacy.consent_has_not_ended,
    substance.names_have_readings,
    substance.needs_and_levels_are_given,
    substance.something_says_what_it_is,
    substance.notes_agree_with_hours,
    substance.ideas_are_not_services,
    substance.windows_name_their_area,
    freshness.records_are_verified,
    freshness.dates_are_not_ahead,
    freshness.notices_have_not_passed,
    freshness.pauses_end,
    freshness.endings_are_dated,
)
"""Rules of one record, which look at the record, at where it stands, and at its ``RuleContext``."""

CHUNK = 32
"""Records that are checked together, on average: after an edit the rules of one record are asked of so many."""

RULES_OF_CONTACTS: tuple[RuleOfContacts, ...] = (
    characters.characters_are_whole,
    contacts.phones_are_possible,
    contacts.sample_numbers_stay_in_samples,
    contacts.windows_are_teams,
    privacy.private_persons_are_not_named,
    privacy.mobile_numbers_have_a_basis,
)
"""The same, of records and of organisations."""


def run_checks(directory: Directory, today: date) -> list[Finding]:
    """Run every rule over the directory."""
    findings = [finding for rule in RULES for finding in rule(directory, today)]
    findings += [
        finding
        for placed in directory.placed_organizations
        for rule in RULES_OF_CONTACTS
        for finding in rule(directory, placed, today)
    ]
    ground = Known(directory, directory.ground_digest)
    for records in chunks(directory.placed, lambda placed: digest(placed.digest, placed.folder, placed.place), CHUNK):
        findings += memo(check_records)(ground, records, today).value
    return findings


def check_records(ground: RuleContext, records: Sequence[Located[Resource]], today: date) -> list[Finding]:
    """Run the rules of one record over some."""
    return [
        finding
        for placed in records
        for rule in (*RULES_OF_RECORDS, *RULES_OF_CONTACTS)
        for finding in rule(ground, placed, today)
    ]
