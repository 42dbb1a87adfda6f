//! Figures of many cases are counted from memory: the same to the last digit as from the database, whatever is recorded,
//! corrected, shared or made anew meanwhile, and whoever asks.

use std::sync::Arc;

use aiqyn::access::role::{OrganisationKind, Role};
use aiqyn::measures::breakdown::{Breakdown, Dimension};
use aiqyn::measures::curve::Curve;
use aiqyn::measures::delay::{ComplaintClock, DelayMeasure};
use aiqyn::measures::delay_set::DelaySet;
use aiqyn::measures::ending_figures::EndingCurves;
use aiqyn::measures::selection::Selection;
use aiqyn::measures::statistics::{Figures, Statistics};
use aiqyn::services::{Answer, Caller, CodesAs, Lag, MeasureQuery, Services};
use chrono::{Days, NaiveDate, TimeDelta};
use serde_json::json;

use crate::stirred::stir;
use crate::support::chance::Chance;
use crate::support::staff::Organisation;
use crate::support::{App, Backend, for_each_backend};

/// The services of a node that keeps its cases in memory however few they are, and keeps no figures for long.
fn remembering(app: &App, backend: &Backend) -> Services {
    let lag = Lag { from_cases: 1, at_most: TimeDelta::seconds(-1), ..Lag::default() };
    Services::open(&backend.url, Arc::new(app.clock.clone())).unwrap().with_lag(lag)
}

/// A node that has just been started: it has kept nothing, and has too few cases to keep any in memory.
fn counting_from_the_database(app: &App, backend: &Backend) -> Services {
    Services::open(&backend.url, Arc::new(app.clock.clone())).unwrap()
}

fn questions() -> Vec<MeasureQuery> {
    let by = |by: Dimension| MeasureQuery { by: Some(by.into()), ..MeasureQuery::default() };
    let of = |selection| MeasureQuery { selection, ..MeasureQuery::default() };
    let text = |code: &str| Some(code.to_owned());
    let breakdowns = Dimension::ALL.iter().map(|dimension| by(*dimension));
    let others = [
        MeasureQuery::default(),
        MeasureQuery { clock: ComplaintClock::Filed, codes: CodesAs::Current, ..by(Dimension::Agency) },
        MeasureQuery {
            filed_from: "2024-03-02".parse().ok(),
            filed_to: "2026-02-27".parse().ok(),
            ..by(Dimension::Sex)
        },
        MeasureQuery {
            by: Some(Breakdown {
                dimension: Dimension::Agency,
                delays_of_groups: DelaySet::of(&[DelayMeasure::RoutingToDecision, DelayMeasure::VisitRequestToAnswer]),
            }),
            filed_from: "2024-03-03".parse().ok(),
            ..MeasureQuery::default()
        },
        of(Selection { region: text("karaganda"), agency: text("mvd"), ..Selection::default() }),
        of(Selection { place: text("sizo_almaty"), ..Selection::default() }),
        of(Selection { region: text("nowhere"), ..Selection::default() }),
        of(Selection { stage: aiqyn::domain::stage::Stage::named("dismissed"), ..Selection::default() }),
        MeasureQuery {
            selection: Selection { kind_of_place: text("pre_trial_detention"), ..Selection::default() },
            ..by(Dimension::KindOfPlace)
        },
    ];
    breakdowns.chain(others).collect()
}

/// The answer without the curves of groups, of which those of the largest alone are drawn from memory.
fn without_curves_of_groups(answer: &Answer) -> Answer {
    let mut statistics = (*answer.statistics).clone();
    for (_, figures) in &mut statistics.groups {
        figures.delays.iter_mut().for_each(|delay| delay.figures.curve = Curve::default());
        figures.endings.curves = EndingCurves::default();
    }
    Answer { statistics: Arc::new(statistics), ..answer.clone() }
}

/// Whatever curve of a group is drawn from memory is the one that is drawn from the database.
fn assert_same_curves(from_memory: &Statistics, counted: &Statistics) {
    let curves = |(_, figures): &(String, Figures)| -> Vec<Curve> {
        figures.delays.iter().map(|delay| delay.figures.curve.clone()).collect()
    };
    let pairs = from_memory.groups.iter().flat_map(curves).zip(counted.groups.iter().flat_map(curves));
    for (drawn, counted) in pairs.filter(|(drawn, _)| !drawn.points.is_empty()) {
        assert_eq!(drawn, counted);
    }
}

/// Asks both every question as known on each of these days, and for today.
fn assert_same(remembering: &Services, app: &App, backend: &Backend, caller: &Caller, days: &[NaiveDate], when: &str) {
    let fresh = counting_from_the_database(app, backend);
    let mut cases = 0;
    for day in days.iter().map(|day| Some(*day)).chain([None]) {
        for query in questions() {
            let query = MeasureQuery { as_known_on: day, ..query };
            let told = |services: &Services| services.statistics(caller, &query).unwrap();
            let (from_memory, counted) = (told(remembering), told(&fresh));
            assert_same_curves(&from_memory.statistics, &counted.statistics);
            assert_eq!(without_curves_of_groups(&from_memory), without_curves_of_groups(&counted), "{query:?}, {when}");
            cases += counted.statistics.all.cases.shown().unwrap();
        }
    }
    assert!(cases > 0, "there was nothing to tell {when}");
}

#[test]
fn what_is_counted_from_memory_is_what_is_counted_from_the_database() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(120);
        let mut chance = Chance::seeded(20_261_129);
        let first: NaiveDate = "2026-06-15".parse().unwrap();
        app.clock.set("2026-06-15T21:30:00+05:00");
        let node = remembering(&app, backend);
        node.keep_cases_in_memory().unwrap();
        assert!(node.cases_in_memory() > 120, "each as often as something was recorded of it");
        let mut days: Vec<NaiveDate> =
            ["2021-05-05", "2025-12-31", "2026-06-12", "2026-06-14"].map(|day| day.parse().unwrap()).into();
        assert_same(&node, &app, backend, &app.console(), &days, "before anything is recorded");

        let other = Organisation::added(&app.services, "Another", OrganisationKind::Npm);
        let colleague = other.hires(&app.services, "colleague", &[Role::Caseworker]).asks(&app.services);
        let own = app.caseworker.asks(&app.services);
        for turn in 0..3 {
            let day = first + Days::new(turn);
            app.clock.set(&format!("{day}T22:30:00+05:00"));
            stir(&app, &mut chance, 25);
            let share = json!({"organisation": other.id.to_string()});
            for case in app.all_pages("", 200).iter().skip(turn as usize * 7).take(5) {
                let path = format!("/api/v1/cases/{}/shares", case["id"].as_str().unwrap());
                assert!([201, 409].contains(&app.client.post(&path, &share).send().status));
            }
            for (who, caller) in [("all", &app.console()), ("own", &own), ("shared", &colleague)] {
                assert_same(&node, &app, backend, caller, &days, &format!("on {day}, {who}"));
            }
            days.push(day);
            if turn == 1 {
                // As somebody does every day. What was recorded today and yesterday is read again all the same.
                node.keep_cases_in_memory().unwrap();
            }
        }
        app.services.rebuild(&app.console(), |_, _| {}).unwrap();
        assert_same(&node, &app, backend, &app.console(), &days, "when everything has been made anew");
        node.keep_cases_in_memory().unwrap();
        assert_same(&node, &app, backend, &app.console(), &days, "when that has been kept");
    });
}

#[test]
fn the_cases_in_memory_are_not_read_again() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(40);
        let node = remembering(&app, backend);
        node.keep_cases_in_memory().unwrap();
        let known_on = |services: &Services, day: &str| {
            let query = MeasureQuery { as_known_on: day.parse().ok(), ..MeasureQuery::default() };
            services.statistics(&app.console(), &query).unwrap().statistics.all.cases.shown().unwrap()
        };
        backend.execute("delete from case_measures").unwrap();
        assert!(known_on(&node, "2026-01-31") > 10);
        assert_eq!(known_on(&counting_from_the_database(&app, backend), "2026-01-31"), 0);
        // Another revision: what is in memory is of no use any more.
        app.services.rebuild(&app.console(), |_, _| {}).unwrap();
        backend.execute("delete from case_measures").unwrap();
        assert_eq!(known_on(&node, "2026-01-30"), 0);
    });
}

#[test]
fn few_cases_are_not_kept_in_memory() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(10);
        app.services.keep_cases_in_memory().unwrap();
        assert_eq!(app.services.cases_in_memory(), 0);
    });
}
