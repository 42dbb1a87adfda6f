//! The statistics pages, as a browser without a script meets them.

use aiqyn::access::role::Role;
use aiqyn::i18n::Language;
use aiqyn::i18n::measures::delay;
use aiqyn::measures::delay::DelayMeasure;
use aiqyn::measures::indicator::Indicator;
use aiqyn::measures::rate::RateMeasure;
use aiqyn::measures::visit_measure::VisitMeasure;
use aiqyn::services::Lag;

use super::browser::{Browser, between, must_be_sound};
use crate::support::{App, on_sqlite};

const PAGES: [&str; 6] = [
    "/statistics",
    "/statistics/delays",
    "/statistics/endings",
    "/statistics/visits",
    "/statistics/indicators",
    "/statistics/definitions",
];

/// The heaviest that a page may be.
const MOST_BYTES: usize = 60_000;

/// Invented cases that belong to the caseworker's organisation.
fn office(backend: &crate::support::backend::Backend, cases: usize) -> App {
    App::on(backend).with_invented_cases(cases)
}

#[test]
fn figures_that_lag_behind_say_when_they_were_counted() {
    on_sqlite(|backend| {
        let lag = Lag { from_cases: 1, ..Lag::default() };
        let app = App::lagging(backend, lag);
        let mut browser = Browser::signed_in(&app, &app.caseworker);
        let mut looks = |words: &str| browser.opens("/statistics").must_say(200, words).body;
        app.caseworker().files_complaint();
        assert!(!looks("As known today, 15 June 2026.").contains("Counted at"));
        app.caseworker().files_complaint();
        must_be_sound(&looks("Counted at 15 June 2026, 12:00. What was recorded since is being counted"), "en");
    });
}

#[test]
fn a_caseworker_sees_every_page_in_every_language_and_none_is_heavy() {
    on_sqlite(|backend| {
        // So many that no curve has room for another corner.
        let app = office(backend, 2_000);
        let mut browser = Browser::signed_in(&app, &app.caseworker);
        for path in PAGES {
            for language in ["en", "ru", "kk"] {
                let page = browser.opens(&format!("{path}?language={language}")).must_be(200).body;
                must_be_sound(&page, language);
                assert!(between(&page, ">figures-", "<").is_empty(), "a key in place of its text on {path}");
                assert!(page.len() < MOST_BYTES, "{path} in {language} weighs {} bytes", page.len());
                keep(path, language, &page);
            }
        }
    });
}

#[test]
fn no_page_is_heavy_when_it_is_broken_down() {
    on_sqlite(|backend| {
        let app = office(backend, 300);
        let mut browser = Browser::signed_in(&app, &app.caseworker);
        for path in &PAGES[..5] {
            for by in ["region", "agency", "month"] {
                let page = browser.opens(&format!("{path}?by={by}&language=kk")).must_say(200, "id=\"groups\"").body;
                must_be_sound(&page, "kk");
                assert!(page.len() < MOST_BYTES, "{path} by {by} weighs {} bytes", page.len());
            }
        }
    });
}

/// The table of groups on a page, with the tests between them.
fn beside_each_other(page: &str) -> &str {
    between(page, "<section aria-labelledby=\"groups\">", "</section>")[0]
}

#[test]
fn groups_are_compared_by_the_delays_that_the_page_tells_of_them() {
    on_sqlite(|backend| {
        let app = office(backend, 300);
        let mut browser = Browser::signed_in(&app, &app.caseworker);
        let label = |measure: DelayMeasure| delay(Language::En, measure.as_str()).label;
        let chosen = DelayMeasure::FilingToDismissal;
        let pages: [(&str, &[DelayMeasure]); 5] = [
            (
                "/statistics?by=agency",
                &[
                    DelayMeasure::RoutingToDecision,
                    DelayMeasure::FilingToFirstResponse,
                    DelayMeasure::VisitRequestToAnswer,
                ],
            ),
            ("/statistics/delays?by=agency&delay=filing_to_dismissal", &[chosen]),
            ("/statistics/visits?by=agency", DelayMeasure::OF_VISITS),
            ("/statistics/endings?by=agency", &[]),
            ("/statistics/indicators?by=agency", &[]),
        ];
        let mut at_first = Vec::new();
        for (path, delays) in pages {
            let page = browser.opens(path).must_be(200).body;
            let groups = beside_each_other(&page);
            let tests = groups.split_once("id=\"tests\"").map_or("", |(_, tests)| tests);
            let tested: Vec<String> =
                delays.iter().map(|delay| format!("<th scope=\"row\">{}</th>", label(*delay))).collect();
            assert_eq!(tests.matches("<th scope=\"row\">").count(), tested.len(), "{path}: {groups}");
            assert!(tested.iter().all(|delay| tests.contains(delay)), "{path}: {groups}");
            at_first.push(groups.to_owned());
        }
        // Where more is known than a page tells, it tells no more of it.
        let node = app.another_node(backend, |services| services);
        let client = node.client.clone().with_token(&app.caseworker.token);
        client.get("/api/v1/statistics/delays?by=agency").must_be(200);
        for ((path, _), at_first) in pages.iter().zip(at_first) {
            let page = client.get(path).must_be(200).body;
            assert_eq!(beside_each_other(&page), at_first, "{path}");
        }
    });
}

#[test]
fn the_filter_is_kept_from_page_to_page_and_in_the_form() {
    on_sqlite(|backend| {
        let app = office(backend, 40);
        let mut browser = Browser::signed_in(&app, &app.caseworker);
        let filter = "filed_from=2024-01-01&filed_to=2026-06-01&kind_of_place=prison&by=year";
        let page = browser.opens(&format!("/statistics?{filter}&region=")).must_be(200).body;
        for tab in ["/statistics/delays", "/statistics/endings", "/statistics/visits", "/statistics/indicators"] {
            let link = format!("{tab}?{}", filter.replace('&', "&#38;"));
            assert!(page.contains(&link), "no {link} in {page}");
        }
        let page = browser.opens(&format!("/statistics/delays?{filter}")).must_be(200).body;
        assert!(page.contains("value=\"2024-01-01\"") && page.contains("value=\"prison\" selected"), "{page}");
        let annex = "/api/v1/reports/annex?format=xlsx&#38;language=en&#38;from=2024-01-01&#38;to=2026-06-01\"";
        assert!(page.contains(annex), "no annex of the period in {page}");
    });
}

#[test]
fn the_figures_are_those_of_the_filter() {
    on_sqlite(|backend| {
        let app = office(backend, 60);
        let mut browser = Browser::signed_in(&app, &app.caseworker);
        let organisation = app.organisation.id.to_string();
        let figures = |query: &str| app.get(&format!("/api/v1/statistics/rates?{query}"))["cases"].as_u64().unwrap();
        assert!(figures("kind_of_place=prison") < figures(""), "the filter leaves something out");
        for query in ["", "kind_of_place=prison", "filed_from=2025-01-01", &format!("organisation={organisation}")] {
            let counted = format!("<b>{}</b> complaints are counted", figures(query));
            browser.opens(&format!("/statistics?{query}")).must_say(200, &counted);
        }
    });
}

#[test]
fn a_filter_that_cannot_be_counted_comes_back_as_it_was_filled_in() {
    on_sqlite(|backend| {
        let app = office(backend, 5);
        let mut browser = Browser::signed_in(&app, &app.caseworker);
        for (query, field, kept) in [
            ("filed_from=yesterday", "filed_from", "value=\"yesterday\""),
            ("filed_from=2026-02-01&filed_to=2026-01-01", "filed_to", "value=\"2026-01-01\""),
            ("as_known_on=2027-01-01", "as_known_on", "value=\"2027-01-01\""),
            ("region=atlantis&by=year", "region", "value=\"year\" selected"),
            ("organisation=01890000-0000-7000-8000-000000000000", "organisation", "id=\"organisation-error\""),
            ("clock=sundial", "clock", "id=\"clock-error\""),
        ] {
            let page = browser.opens(&format!("/statistics/delays?{query}")).must_say(422, kept).body;
            must_be_sound(&page, "en");
            assert!(page.contains(&format!("<a href=\"#{field}\">")), "{query} blames no {field}: {page}");
            assert!(page.contains(&format!("id=\"{field}-error\"")), "{query}: {page}");
            assert!(!page.contains("id=\"how-long\""), "no figures stand beside a wrong filter");
        }
        browser.opens("/statistics?weather=fine").must_say(422, "weather");
    });
}

#[test]
fn every_figure_has_its_definition_where_links_lead() {
    on_sqlite(|backend| {
        let app = office(backend, 20);
        let mut browser = Browser::signed_in(&app, &app.caseworker);
        let definitions = browser.opens("/statistics/definitions").must_be(200).body;
        let dashed = |word: &str| word.replace('_', "-");
        let of = |family: &str, words: &[&str]| {
            words.iter().map(|word| format!("{family}-{}", dashed(word))).collect::<Vec<_>>()
        };
        let anchors = [
            of("delay", DelayMeasure::WORDS),
            of("rate", RateMeasure::WORDS),
            of("visit-share", VisitMeasure::WORDS),
            of("indicator", Indicator::WORDS),
        ];
        for anchor in anchors.concat() {
            assert!(definitions.contains(&format!("<dt id=\"{anchor}\">")), "{anchor} is not defined");
        }
        for path in PAGES {
            let page = browser.opens(path).must_be(200).body;
            for anchor in between(&page, "href=\"/statistics/definitions#", "\"") {
                assert!(definitions.contains(&format!("id=\"{anchor}\"")), "{path}: #{anchor} leads nowhere");
            }
        }
        let delays = browser.opens("/statistics/delays").body;
        for measure in DelayMeasure::WORDS {
            let link = format!("<th scope=\"row\"><a href=\"/statistics/definitions#delay-{}\">", dashed(measure));
            assert!(delays.contains(&link), "no {link}");
        }
        let rates = browser.opens("/statistics").body;
        assert!(between(&rates, "<th scope=\"row\"><details>", "</details>").len() > RateMeasure::ALL.len());
        assert_eq!(between(&delays, "<details class=\"picture\"", "</details>").len(), DelayMeasure::ALL.len());
        assert!(delays.contains("<svg viewBox") && delays.contains("role=\"img\" aria-label=\"Share still waiting"));
    });
}

#[test]
fn an_analyst_is_given_the_release_of_the_quarter_and_told_why() {
    on_sqlite(|backend| {
        let app = office(backend, 300);
        let (analyst, _) = app.hires("saule", Role::Analyst);
        let mut browser = Browser::signed_in(&app, &analyst);
        for path in &PAGES[..5] {
            let page = browser.opens(path).must_say(200, "This is the release of 31 March 2026").body;
            must_be_sound(&page, "en");
            assert!(!page.contains("name=\"filed_from\"") && page.contains("name=\"by\""), "{page}");
            assert!(page.contains("An asterisk stands for"), "{page}");
        }
        browser.opens("/statistics?by=region").must_say(200, "id=\"groups\"");
        let page = browser.opens("/statistics?region=almaty_city").must_be(422).body;
        assert!(page.contains("id=\"region-error\"") || page.contains("class=\"faults\""), "{page}");
        browser.opens("/statistics?by=month").must_say(422, "id=\"by-error\"");
    });
}

#[test]
fn whoever_may_not_read_figures_is_told_so() {
    on_sqlite(|backend| {
        let app = office(backend, 5);
        for role in [Role::Auditor, Role::IntakeOfficer, Role::Administrator] {
            let (person, _) = app.hires(&format!("our-{}", role.as_str().replace('_', "-")), role);
            let mut browser = Browser::signed_in(&app, &person);
            for path in PAGES {
                browser.opens(path).must_be(403);
                browser.opens(&format!("{path}?region=atlantis")).must_be(403);
            }
        }
        Browser::of(&app).opens("/statistics").must_lead_to("/sign-in");
    });
}

fn keep(path: &str, language: &str, page: &str) {
    if let Some(folder) = std::env::var_os("AIQYN_TEST_PICTURES") {
        let page = page.replace("/static/aiqyn.css", "aiqyn.css");
        let name = format!("{}-{language}.html", path.trim_start_matches('/').replace('/', "-"));
        std::fs::write(std::path::Path::new(&folder).join(name), page).unwrap();
    }
}
