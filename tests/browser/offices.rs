//! An office with somebody in each role and cases to look at, and the Ombudsman's office beside it.

use std::collections::BTreeMap;

use aiqyn::access::role::{OrganisationKind, Role};

use super::browser::Browser;
use super::paths::Who;
use crate::support::staff::{Organisation, Person};
use crate::support::{App, Backend};

/// The invented cases of the office.
const CASES: usize = 30;

pub struct Offices {
    pub app: App,
    people: BTreeMap<Who, Person>,
    case: String,
    new: String,
    visit: String,
}

impl Offices {
    pub fn on(backend: &Backend) -> Self {
        let app = App::on(backend);
        let ombudsman = Organisation::added(&app.services, "Омбудсман", OrganisationKind::Ombudsman);
        let app = app.with_invented_cases(CASES);
        let mut people = BTreeMap::new();
        for role in Role::ALL.iter().copied() {
            let login = format!("our-{}", role.as_str().replace('_', "-"));
            people.insert(Who::Our(role), app.organisation.hires(&app.services, &login, &[role]));
        }
        people.insert(Who::Ombudsman, ombudsman.hires(&app.services, "ombudsman", &[Role::Approver]));
        let moved = app.caseworker().files_complaint().on("2026-06-02").has_a_visit_requested();
        let moved = moved.on("2026-06-04").has_the_visit_refused_for_want_of_written_evidence();
        let refused = moved.history()["events"].as_array().and_then(|events| {
            events
                .iter()
                .find(|event| event["kind"] == "request_visit")
                .and_then(|event| event["id"].as_str())
                .map(str::to_owned)
        });
        let moved = moved.on("2026-06-05").has_the_visit_requested_again(&refused.expect("the first request"));
        let visit = moved.last_event.clone();
        let case = moved.on("2026-06-06").routes_to_internal_security().on("2026-06-09").is_dismissed().id;
        let new = app.caseworker().files_complaint().id;
        Self { app, people, case, new, visit }
    }

    /// The person in a part.
    pub fn person(&self, who: Who) -> &Person {
        self.people.get(&who).unwrap_or_else(|| panic!("{who:?} is nobody"))
    }

    /// The address of a page of the list.
    pub fn address(&self, path: &str) -> String {
        path.replace("{case}", &self.case).replace("{new}", &self.new).replace("{visit}", &self.visit)
    }

    /// Gives the browser to somebody, who signs in if they can.
    pub fn seats(&self, browser: &Browser, who: Who) {
        browser.forgets();
        if who != Who::Anybody {
            browser.signs_in(self.person(who));
        }
    }
}
