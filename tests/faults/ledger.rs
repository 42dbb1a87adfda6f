//! What clients were told, held against what the database has: everything acknowledged once, everything
//! given up once or not at all, and nothing else.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::AddAssign;

use serde_json::Value;

use crate::support::Backend;
use crate::support::http::{Client, Request};

/// Something that a client wants written. Its key is also in its text, so that it is known again.
#[derive(Clone, Debug)]
pub struct Wish {
    pub key: String,
    pub path: String,
    pub body: Value,
    pub version: Option<i64>,
}

impl Wish {
    pub fn request<'c>(&self, client: &'c Client) -> Request<'c> {
        let request = client.post(&self.path, &self.body).with_key(&self.key);
        match self.version {
            Some(version) => request.if_match(version),
            None => request,
        }
    }
}

/// What became of the wishes of one round.
#[derive(Default)]
pub struct Round {
    /// Told to be done, each with its receipt.
    pub acknowledged: Vec<(Wish, Value)>,
    /// Sent, and not asked after any more when no answer came.
    pub given_up: Vec<Wish>,
    /// Told not to be done, since somebody else was faster.
    pub refused: Vec<Wish>,
    /// How often something was sent again.
    pub retried: usize,
}

impl Round {
    pub fn add(&mut self, other: Self) {
        self.acknowledged.extend(other.acknowledged);
        self.given_up.extend(other.given_up);
        self.refused.extend(other.refused);
        self.retried += other.retried;
    }
}

/// How it stands after some rounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub kills: usize,
    pub acknowledged: usize,
    pub retried: usize,
    pub given_up: usize,
    /// Of those given up.
    pub there_all_the_same: usize,
    pub lost: usize,
    pub doubled: usize,
}

impl AddAssign for Figures {
    fn add_assign(&mut self, other: Self) {
        self.kills += other.kills;
        self.acknowledged += other.acknowledged;
        self.retried += other.retried;
        self.given_up += other.given_up;
        self.there_all_the_same += other.there_all_the_same;
        self.lost += other.lost;
        self.doubled += other.doubled;
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kills, acknowledged, retried, given_up, there_all_the_same, lost, doubled } = self;
        write!(
            f,
            "{kills} kills, {acknowledged} acknowledged writes, {retried} sent again, {given_up} given up \
             ({there_all_the_same} of them there), {lost} lost, {doubled} doubled"
        )
    }
}

/// All that should be there.
#[derive(Default)]
pub struct Ledger {
    cases: BTreeSet<String>,
    events: usize,
}

/// An event as it lies in the database: its identifier, its case, and all that it says.
struct Found {
    id: String,
    case: String,
    said: String,
}

impl Ledger {
    /// Holds a round against the database, once nobody writes any more.
    pub fn check(&mut self, backend: &Backend, client: &Client, round: &Round) -> Figures {
        for (wish, receipt) in &round.acknowledged {
            let again = wish.request(client).send().must_be(201).json();
            assert_eq!(again, *receipt, "{}: the same request has another receipt", wish.key);
        }
        let found = self.look(backend, client, round);
        let with_key = |key: &str| -> Vec<&Found> { found.iter().filter(|event| event.has(key)).collect() };
        let mut figures = Figures {
            kills: 1,
            acknowledged: round.acknowledged.len(),
            retried: round.retried,
            given_up: round.given_up.len(),
            ..Figures::default()
        };
        for (wish, receipt) in &round.acknowledged {
            let events = with_key(&wish.key);
            let is_it = |event: &&&Found| receipt["event_id"] == *event.id && receipt["case_id"] == *event.case;
            figures.lost += usize::from(events.iter().find(is_it).is_none());
            figures.doubled += events.len().saturating_sub(1);
        }
        for wish in &round.given_up {
            let events = with_key(&wish.key).len();
            figures.there_all_the_same += usize::from(events > 0);
            figures.doubled += events.saturating_sub(1);
        }
        for wish in &round.refused {
            assert_eq!(with_key(&wish.key).len(), 0, "{} was refused and is there", wish.key);
        }
        self.events += figures.acknowledged + figures.there_all_the_same;
        self.check_whole(backend);
        figures
    }

    /// The events of every case that the round may have touched.
    fn look(&mut self, backend: &Backend, client: &Client, round: &Round) -> Vec<Found> {
        let id = if backend.is_postgres() { "encode(id, 'hex')" } else { "lower(hex(id))" };
        let all: BTreeSet<String> = backend.texts(&format!("select {id} as line from cases")).into_iter().collect();
        let with_hyphens =
            |hex: &String| -> String { [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-") };
        let mut touched: BTreeSet<String> = all.difference(&self.cases).map(with_hyphens).collect();
        let wishes = round.acknowledged.iter().map(|(wish, _)| wish).chain(&round.given_up).chain(&round.refused);
        touched.extend(
            wishes.filter_map(|wish| Some(wish.path.strip_prefix("/api/v1/cases/")?.split('/').next()?.to_owned())),
        );
        self.cases = all;
        touched.iter().flat_map(|case| Found::in_history(client, case)).collect()
    }

    /// Everything in the database belongs together.
    fn check_whole(&self, backend: &Backend) {
        let count =
            |of: &str| usize::try_from(backend.number(&format!("select cast({of} as bigint) as number"))).unwrap();
        let rows = |of: &str| count(&format!("(select count(*) from {of})"));
        let cases = rows("cases");
        assert_eq!(cases, self.cases.len());
        assert_eq!(rows("events"), self.events, "events that nobody wished, or wishes without an event");
        assert_eq!(count("(select sum(version) from cases)"), self.events);
        assert_eq!(rows("idempotency_keys"), self.events);
        assert_eq!(rows("case_summaries"), cases);
        // References run on without gaps.
        assert_eq!(count("(select max(reference_number) from cases)"), cases);
        assert_eq!(rows("(select distinct reference_year, reference_number from cases) r"), cases);
        let recorded = |action: &str| rows(&format!("audit_records where outcome = 'done' and action = '{action}'"));
        assert_eq!(recorded("case_filed"), cases);
        assert_eq!(recorded("event_recorded") + recorded("event_corrected"), self.events - cases);
        backend.aiqyn(&["audit", "verify"]).well();
        let derived = ["case_summaries", "visit_summaries", "case_measures", "case_readers", "visit_readers"];
        let kept = derived.map(|table| backend.rows(table));
        backend.aiqyn(&["rebuild"]).well();
        for (table, kept) in derived.iter().zip(kept) {
            assert!(backend.rows(table) == kept, "{table} is not what a rebuild makes");
        }
    }
}

impl Found {
    fn in_history(client: &Client, case: &str) -> Vec<Self> {
        let history = client.get(&format!("/api/v1/cases/{case}/events")).must_be(200).json();
        let events = history["events"].as_array().unwrap();
        assert_eq!(history["version"], events.len());
        let case = history["case_id"].as_str().unwrap();
        let found = |event: &Value| Self {
            id: event["id"].as_str().unwrap().to_owned(),
            case: case.to_owned(),
            said: event.to_string(),
        };
        events.iter().map(found).collect()
    }

    fn has(&self, key: &str) -> bool {
        self.said.contains(&format!("\"{key}\""))
    }
}
