//! The board of visit requests: all of them by their wait, page by page, and to nobody more than they may know.

use aiqyn::access::role::{OrganisationKind, Role};
use serde_json::json;

use super::browser::{Browser, between, must_be_sound};
use crate::support::complaint::step;
use crate::support::staff::Organisation;
use crate::support::{App, for_each_backend};

const ENDED: &str = "/visits?part=ended";
/// What the link to the next page begins with.
const NEXT: &str = "<p class=\"below\"><a class=\"button\" href=\"";

/// The references on a page of the board, from the top.
fn references(page: &str) -> Vec<String> {
    between(page, "<th scope=\"row\"><a href=\"/visits/", "</a>")
        .iter()
        .map(|link| link.split_once("\">").unwrap().1.to_owned())
        .collect()
}

/// The words of one line of the board, from the reference on.
fn line<'a>(page: &'a str, reference: &str) -> &'a str {
    let (_, rest) = page.split_once(&format!("\">{reference}</a>")).unwrap_or_else(|| panic!("no {reference}: {page}"));
    rest.split("</tr>").next().unwrap()
}

/// The pages of a part of the board, one after the other.
fn pages(browser: &mut Browser, first: &str) -> Vec<String> {
    let mut pages = vec![browser.opens(first).must_be(200).body];
    while let Some(next) = between(pages.last().unwrap(), NEXT, "\"").first() {
        let next = next.replace("&amp;", "&");
        pages.push(browser.opens(&next).must_be(200).body);
    }
    pages
}

#[test]
fn every_open_request_stands_on_the_board_the_longest_wait_first() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let complaint = crate::support::a_complaint().on("2026-05-01");
        // In no order, some at the same minute.
        let mut requests: Vec<(u32, String)> = (0..53)
            .map(|number| {
                let minute = number * 17 % 50;
                let case = app.caseworker().files(&complaint).on(&format!("2026-06-10T09:{minute:02}"));
                (minute, case.has_a_visit_requested().reference)
            })
            .collect();
        // An approval begins another wait.
        let approved = app.caseworker().files(&complaint).on("2026-06-01T09:00").has_a_visit_requested();
        requests.push((60, approved.on("2026-06-10T10:00").has_the_visit_approved().reference));
        let mut browser = Browser::signed_in(&app, &app.caseworker);
        let pages = pages(&mut browser, "/visits?language=kk");
        assert_eq!(pages.iter().map(|page| references(page).len()).collect::<Vec<_>>(), [50, 4]);
        for page in &pages {
            must_be_sound(page, "kk");
            assert!(page.len() < 60_000, "{} bytes", page.len());
        }
        let shown: Vec<String> = pages.iter().flat_map(|page| references(page)).collect();
        let minute_of = |reference: &String| requests.iter().find(|(_, known)| known == reference).unwrap().0;
        let minutes: Vec<u32> = shown.iter().map(minute_of).collect();
        assert!(minutes.is_sorted(), "{minutes:?}");
        let mut each = shown.clone();
        each.sort();
        each.dedup();
        assert_eq!(each.len(), requests.len(), "each once");
        // Another language, and still the second page.
        let (_, other) = pages[1].split_once("class=\"languages\"").unwrap();
        let other = between(other, "<a href=\"", "\"").into_iter().find(|link| link.ends_with("language=en")).unwrap();
        let other = browser.opens(&format!("/visits{}", other.replace("&#38;", "&"))).must_be(200).body;
        assert_eq!(references(&other), references(&pages[1]));
        browser.opens("/visits?cursor=the_end").must_be(422);
        browser.opens("/visits?part=some").must_be(422);
    });
}

#[test]
fn what_has_ended_tells_how_long_the_answer_took_or_that_none_came() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let complaint = crate::support::a_complaint().on("2026-05-01");
        let requested = || app.caseworker().files(&complaint).on("2026-06-10T09:00").has_a_visit_requested();
        let refused = requested().on("2026-06-11T11:00").has_the_visit_refused_for_want_of_written_evidence();
        let visited = requested().on("2026-06-10T12:00").has_the_visit_approved().on("2026-06-14").is_visited();
        let lapsed = requested().on("2026-06-14T09:00").records(&step("lapse_visit"));
        let lost = requested().on("2026-06-13T09:00").records(&step("end_of_follow_up"));
        let free = app.caseworker().files(&complaint).on("2026-06-10T09:00");
        let free =
            free.records(&step("request_visit").with("approval", "not_required")).on("2026-06-10T10:00").is_visited();
        let open = requested();
        let mut browser = Browser::signed_in(&app, &app.caseworker);
        let page = browser.opens(ENDED).must_be(200).body;
        must_be_sound(&page, "en");
        let order = [&lapsed, &lost, &refused, &visited, &free].map(|case| case.reference.clone());
        assert_eq!(references(&page), order, "and not {}", open.reference);
        for (case, words) in [
            (&lapsed, ["none came in 4 days", "Lapsed"]),
            (&lost, ["none came in 3 days", "No further news"]),
            (&refused, ["after 26 hours", "No written evidence"]),
            (&visited, ["after 3 hours", "Carried out"]),
            (&free, ["not needed for this kind of place", "Carried out"]),
        ] {
            let line = line(&page, &case.reference);
            assert!(words.iter().all(|word| line.contains(word)), "{words:?}: {line}");
        }
        assert_eq!(references(&browser.opens("/visits").must_be(200).body), [open.reference]);
        for language in ["kk", "ru"] {
            must_be_sound(&browser.opens(&format!("{ENDED}&language={language}")).must_be(200).body, language);
        }
    });
}

#[test]
fn nobody_is_shown_more_than_they_may_know() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let added = |name: &str, kind| Organisation::added(&app.services, name, kind);
        let (other, office) = (added("Басқа", OrganisationKind::Ngo), added("Омбудсмен", OrganisationKind::Ombudsman));
        let other = other.hires(&app.services, "bolat", &[Role::Caseworker]);
        let approver = office.hires(&app.services, "office", &[Role::Approver]);
        let visited = || {
            let case = app.caseworker().files_complaint().on("2026-06-10T09:00").has_a_visit_requested();
            case.on("2026-06-10T12:00").has_the_visit_approved().on("2026-06-11").is_visited()
        };
        let (own, shared) = (visited(), visited());
        let share = json!({"organisation": other.organisation.to_string()});
        app.client.post(&shared.path("/shares"), &share).send().must_be(201);
        let desk = app.client_of(&other);
        let theirs = crate::support::caseworker::Caseworker::of(&desk).files_complaint();
        let theirs = theirs.on("2026-06-10T09:00").has_a_visit_requested().on("2026-06-13T09:00");
        let theirs = theirs.has_the_visit_refused_for_want_of_written_evidence().reference;
        let seen = |person| references(&Browser::signed_in(&app, person).opens(ENDED).must_be(200).body);
        let mut ours = seen(&app.caseworker);
        ours.sort();
        assert_eq!(ours, [own.reference.clone(), shared.reference.clone()]);
        assert_eq!(seen(&other), [theirs.clone(), shared.reference.clone()]);
        // The Ombudsman's office answered all three, and is not told what became of the visits.
        let page = Browser::signed_in(&app, &approver).opens(ENDED).must_be(200).body;
        assert_eq!(references(&page).len(), 3);
        assert!(line(&page, &own.reference).contains("Approved") && !page.contains("Carried out"), "{page}");
        assert!(line(&page, &theirs).contains("Refused"), "{page}");
    });
}
