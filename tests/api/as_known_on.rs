//! Figures as known on a past day: whatever is recorded, corrected or dated back later, they are those that were
//! given on that day, to the last digit.

use std::collections::BTreeMap;

use aiqyn::measures::breakdown::Dimension;
use aiqyn::measures::delay::ComplaintClock;
use aiqyn::measures::selection::Selection;
use aiqyn::services::{CodesAs, MeasureQuery};
use chrono::{Days, NaiveDate};
use serde_json::Value;

use crate::stirred::stir;
use crate::support::chance::Chance;
use crate::support::complaint::step;
use crate::support::{App, a_complaint, for_each_backend};

fn questions() -> Vec<MeasureQuery> {
    let by = |by: Dimension| MeasureQuery { by: Some(by.into()), ..MeasureQuery::default() };
    let of_kind = Selection { kind_of_place: Some("police_station".to_owned()), ..Selection::default() };
    vec![
        MeasureQuery::default(),
        MeasureQuery { clock: ComplaintClock::Filed, codes: CodesAs::Current, ..by(Dimension::Agency) },
        by(Dimension::Month),
        by(Dimension::Body),
        MeasureQuery { selection: of_kind, ..by(Dimension::KindOfPlace) },
        MeasureQuery { filed_from: "2026-06-03".parse().ok(), ..by(Dimension::Organisation) },
    ]
}

/// Everything that is told of a day, as text, for every question.
fn told(app: &App, day: Option<NaiveDate>) -> Vec<String> {
    let answer = |query: MeasureQuery| {
        let query = MeasureQuery { as_known_on: day, ..query };
        let answer = app.services.statistics(&app.console(), &query).unwrap();
        format!("{} {}", answer.observed_until, serde_json::to_string(&*answer.statistics).unwrap())
    };
    let served = ["delays?by=region", "rates?by=year"].map(|path| {
        let day = day.map_or_else(String::new, |day| format!("&as_known_on={day}"));
        let mut served = app.get(&format!("/api/v1/statistics/{path}{day}"));
        // The one thing that a day which is over tells otherwise.
        served["day_is_over"] = Value::Null;
        served.to_string()
    });
    questions().into_iter().map(answer).chain(served).collect()
}

#[test]
fn what_was_told_on_a_day_is_told_of_that_day_for_ever() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(25);
        let mut chance = Chance::seeded(20_261_125);
        let mut given = BTreeMap::new();
        let first: NaiveDate = "2026-06-15".parse().unwrap();
        let mut done = [0; 4];
        for turn in 0..8 {
            // Days are left out: nothing is recorded on them, and their figures stand between two others.
            let day = first + Days::new(turn + turn / 3);
            app.clock.set(&format!("{day}T{:02}:30:00+05:00", chance.below(23)));
            for (sum, more) in done.iter_mut().zip(stir(&app, &mut chance, 30)) {
                *sum += more;
            }
            app.clock.set(&format!("{day}T23:59:59+05:00"));
            given.insert(day, told(&app, None));
            if turn == 4 {
                app.services.rebuild(&app.console(), |_, _| {}).unwrap();
            }
        }
        assert!(done.iter().all(|count| *count > 3), "filings, corrections, steps and retractions: {done:?}");
        let different: std::collections::BTreeSet<&Vec<String>> = given.values().collect();
        assert_eq!(different.len(), given.len(), "every day brought something new");
        let ask_again = |when: &str| {
            for (day, given) in &given {
                for (place, (given, again)) in given.iter().zip(told(&app, Some(*day))).enumerate() {
                    assert_eq!(*given, again, "question {place} of {day}, {when}");
                }
            }
        };
        app.clock.set("2026-07-20T12:00:00+05:00");
        ask_again("asked weeks later");
        app.services.rebuild(&app.console(), |_, _| {}).unwrap();
        ask_again("asked after everything was made anew");
    });
}

fn cases_known_on(app: &App, day: &str) -> i64 {
    app.get(&format!("/api/v1/statistics/rates?as_known_on={day}"))["cases"].as_i64().unwrap()
}

#[test]
fn a_list_of_old_cases_counts_from_the_day_on_which_it_was_brought_in() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_imported_cases(20);
        assert_eq!(cases_known_on(&app, "2026-06-14"), 0);
        assert_eq!(cases_known_on(&app, "2026-06-15"), 20);
    });
}

#[test]
fn a_history_of_many_days_counts_day_by_day() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(60);
        let known: Vec<i64> = (2020..2026).map(|year| cases_known_on(&app, &format!("{year}-12-31"))).collect();
        let recorded = (2020..2026).map(|year| {
            let end = format!("{year}-12-31T18:59:59.999999Z").parse::<chrono::DateTime<chrono::Utc>>().unwrap();
            backend.number(&format!(
                "select count(*) as number from events where sequence = 1 and recorded_at <= {}",
                end.timestamp_micros()
            ))
        });
        assert_eq!(known, recorded.collect::<Vec<_>>());
        assert!(known.is_sorted() && known[0] < known[5], "{known:?}");
    });
}

#[test]
fn what_is_corrected_later_stands_in_the_figures_of_the_day() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let case = app.caseworker().files(&a_complaint().on("2026-06-01T10:00")).on("2026-06-05T10:00");
        let case = case.routes_to_internal_security();
        app.clock.set("2026-06-20T12:00:00+05:00");
        let route = case.last_event.clone();
        case.corrects(&route, &step("route").on("2026-06-03T10:00"));
        let median = |day: &str| {
            let delays = app.get(&format!("/api/v1/statistics/delays?as_known_on={day}"));
            delays["delays"][0]["median"]["estimate"].as_f64()
        };
        assert_eq!(median("2026-06-14"), None);
        assert_eq!(median("2026-06-15"), Some(4.0));
        assert_eq!(median("2026-06-19"), Some(4.0));
        assert_eq!(median("2026-06-20"), Some(2.0));
    });
}

#[test]
fn a_day_says_whether_it_is_over_and_none_may_lie_ahead() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let rates = |query: &str| app.get(&format!("/api/v1/statistics/rates{query}"));
        let (today, yesterday) = (rates(""), rates("?as_known_on=2026-06-14"));
        assert_eq!((&today["as_known_on"], &today["day_is_over"]), (&"2026-06-15".into(), &false.into()));
        assert_eq!((&yesterday["as_known_on"], &yesterday["day_is_over"]), (&"2026-06-14".into(), &true.into()));
        assert_eq!(today["observed_until"], "2026-06-15T18:59:59+00:00");
        let problem = app.asks("/api/v1/statistics/delays?as_known_on=2026-06-16").must_be(422).json();
        assert_eq!(problem["errors"][0]["field"], "as_known_on", "{problem}");
    });
}
