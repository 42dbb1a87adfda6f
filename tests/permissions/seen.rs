//! Of which cases each sees lists, queues and figures.

use std::collections::BTreeSet;

use aiqyn::access::role::Role;
use serde_json::Value;

use crate::support::{App, for_each_backend};
use crate::world::{Office, Target, Visitor, With, World};

fn sees(world: &World, visitor: &Visitor, path: &str) -> Option<Value> {
    let reply = visitor.signs(world.app.nobody().request("GET", path), With::Session).send();
    (reply.status == 200).then(|| reply.json())
}

fn texts(list: &Value, name: &str) -> BTreeSet<String> {
    list.as_array().unwrap().iter().map(|item| item[name].as_str().unwrap().to_owned()).collect()
}

fn readable(visitor: &Visitor, target: &Target) -> bool {
    visitor.office == Office::Owner || (visitor.office == Office::Other && target.shared)
}

#[test]
fn a_list_has_the_cases_of_ones_organisation_and_those_that_are_shared_with_it() {
    for_each_backend(|backend| {
        let world = World::of(App::on(backend));
        for visitor in &world.visitors {
            let Some(list) = sees(&world, visitor, "/api/v1/cases") else { continue };
            let with_visit = visitor.role == Role::NpmMember;
            let expected = world.targets.iter().filter(|target| readable(visitor, target));
            let expected = expected.filter(|target| !with_visit || target.visit.is_some());
            let expected: BTreeSet<String> = expected.map(|target| target.case.clone()).collect();
            assert_eq!(texts(&list["cases"], "id"), expected, "{}", visitor.name());
        }
    });
}

#[test]
fn the_queue_has_all_requests_for_the_ombudsmans_office_and_none_for_another_organisations_approver() {
    for_each_backend(|backend| {
        let world = World::of(App::on(backend));
        for visitor in &world.visitors {
            let Some(queue) = sees(&world, visitor, "/api/v1/visits") else { continue };
            let given = visitor.office == Office::Ombudsman;
            let sees = |target: &&Target| given || (visitor.role != Role::Approver && readable(visitor, target));
            let expected: BTreeSet<String> =
                world.targets.iter().filter(sees).filter_map(|target| target.visit.clone()).collect();
            assert_eq!(texts(&queue["visits"], "request"), expected, "{}", visitor.name());
        }
    });
}

#[test]
fn figures_are_of_the_cases_that_one_may_see_and_an_analysts_have_small_numbers_withheld() {
    for_each_backend(|backend| {
        let world = World::of(App::on(backend));
        for visitor in &world.visitors {
            let Some(report) = sees(&world, visitor, "/api/v1/statistics/rates") else { continue };
            if visitor.role == Role::Analyst {
                assert_eq!(report["withheld_below"], 5, "{}: {report}", visitor.name());
                assert_eq!(report["as_known_on"], "2026-03-31", "{report}");
                assert_eq!(report["cases"], 0, "all four were recorded after the quarter: {report}");
                continue;
            }
            let expected = match (visitor.role, visitor.office) {
                (Role::NpmMember, Office::Owner) => 2,
                (Role::NpmMember, _) => 1,
                (_, Office::Owner) => 4,
                _ => 2,
            };
            assert_eq!(report["cases"], expected, "{}: {report}", visitor.name());
        }
    });
}

#[test]
fn the_approver_is_shown_the_request_and_nothing_else_of_the_case() {
    for_each_backend(|backend| {
        let world = World::of(App::on(backend));
        let approver = world.visitors.iter().find(|visitor| visitor.office == Office::Ombudsman).unwrap();
        let request = world.targets[0].visit.as_ref().unwrap();
        let shown = sees(&world, approver, &format!("/api/v1/visits/{request}")).unwrap().to_string();
        assert!(shown.contains("Денесіндегі іздер кетіп қалады"), "{shown}");
        assert!(!shown.contains("Дәлізде ұрды") && !shown.contains("hotline"), "{shown}");
    });
}
