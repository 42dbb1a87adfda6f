//! The two looks at who reads what in the random life: by the services, and by the keys themselves.

use std::collections::BTreeSet;

use aiqyn::domain::event::Happening;
use aiqyn::services::{CaseName, EventView, ServiceError, Shown};
use aiqyn::vault::KeyRing;

use crate::rows_at_rest::read_with;
use crate::world::{ShutOut, World, numbered};

impl World {
    /// Every thief opens what can be opened now, and keeps the keys.
    pub fn thieves_look(&mut self) {
        for case in &self.cases {
            let rows = self.at_rest.sealed_keys(case.id);
            for thief in &mut self.thieves {
                thief.rings.push(thief.key.opens(&rows));
            }
        }
    }

    /// By the services: every member asks for every case and every request.
    pub fn everybody_reads_what_they_ought_to(&mut self) {
        for member in 0..self.members.len() {
            assert_eq!(self.at_rest.grants(self.members[member].id) > 0, self.members[member].admitted);
            if !self.members[member].active {
                continue;
            }
            let caller = self.caller(member);
            let asks = &self.members[member];
            for case in &self.cases {
                let ought = |request| match asks.admitted {
                    true => case.readable_by(asks.org, request),
                    false => BTreeSet::new(),
                };
                let seen = self.services.view_events(&caller, CaseName::Id(case.id)).map(|history| history.events);
                let expected = asks.may_view(case).then(|| ought(None));
                assert_eq!(texts_of(seen), expected, "{} of case {}", asks.login, case.id);
                for request in &case.requests {
                    let seen = self.services.view_request(&caller, *request).map(|view| view.events);
                    let expected = asks.may_view_request(case).then(|| ought(Some(*request)));
                    assert_eq!(texts_of(seen), expected, "{} of request {request}", asks.login);
                }
            }
        }
    }

    /// By the keys: what lies sealed to an organisation opens exactly what it may read, the keys that were
    /// kept exactly what it could ever read, and those from before a rotation nothing.
    pub fn keys_open_what_they_ought_to(&self) {
        for case in &self.cases {
            let (rows, sealed) = (self.at_rest.sealed_keys(case.id), self.at_rest.texts(case.id));
            assert_eq!(sealed.len(), case.texts.len());
            for (org, thief) in self.thieves.iter().enumerate() {
                let read = |rings: &[KeyRing]| -> BTreeSet<String> {
                    sealed.iter().filter_map(|text| read_with(rings, text)).collect()
                };
                assert_eq!(read(&[thief.key.opens(&rows)]), case.readable_by(org, None), "{org} in {}", case.id);
                let ever = case.texts.iter().filter(|text| text.ever.contains(&org));
                assert_eq!(read(&thief.rings), ever.map(|text| text.text.clone()).collect(), "{org} in {}", case.id);
            }
        }
        let cases: Vec<_> = self.cases.iter().map(|case| case.id).collect();
        for ShutOut { org, thief, texts } in &self.shut_out {
            let opens = self.at_rest.opens_anything(&thief.key, self.offices[*org].id, &cases);
            assert!(!opens, "a retired key of {org} opens");
            let later: BTreeSet<String> = (texts + 1..=self.texts).map(numbered).collect();
            for text in cases.iter().flat_map(|case| self.at_rest.texts(*case)) {
                let read = read_with(&thief.rings, &text).filter(|text| later.contains(text));
                assert_eq!(read, None, "written after a rotation of {org}");
            }
        }
        for (org, thief) in self.thieves.iter().enumerate() {
            assert!(self.at_rest.opens_anything(&thief.key, self.offices[org].id, &cases), "{org}: the look is blind");
        }
    }
}

/// The texts that were opened; none where the case was not shown.
fn texts_of(seen: Result<Vec<EventView>, ServiceError>) -> Option<BTreeSet<String>> {
    let mut texts = BTreeSet::new();
    let events = match seen {
        Ok(events) => events,
        Err(ServiceError::Denied(_) | ServiceError::NotFound) => return None,
        Err(other) => panic!("{other}"),
    };
    for event in events {
        texts.extend(event.why.map(|why| why.expose().to_owned()));
        let Some(happening): Option<Happening<Shown>> = event.happening else { continue };
        let Ok(_) = happening.map_text(&mut |_, text: Shown| {
            texts.extend(text.map(|text| text.expose().to_owned()));
            Ok::<_, std::convert::Infallible>(())
        });
    }
    Some(texts)
}
