//! A client that files, steps and corrects by chance, and sends again what no answer came to.

use std::sync::RwLock;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::ledger::{Round, Wish};
use crate::support::a_complaint;
use crate::support::chance::Chance;
use crate::support::complaint::step;
use crate::support::http::{Client, Reply};

/// How long the server may be away before it counts as not coming back.
const PATIENCE: Duration = Duration::from_secs(60);

/// What all clerks have in common.
pub struct Office {
    /// Where the servers are; somewhere else after each restart.
    pub nodes: RwLock<Vec<Client>>,
    /// How much has been acknowledged.
    pub acknowledged: AtomicUsize,
    pub is_closing: AtomicBool,
    /// A case that they all write to.
    pub shared: String,
}

impl Office {
    /// Any of them, as a proxy would choose.
    fn client(&self, chance: &mut Chance) -> Client {
        chance.one_of(&self.nodes.read().unwrap()).clone()
    }
}

/// A case as its clerk last saw it.
#[derive(Clone)]
struct Case {
    path: String,
    version: i64,
    /// The last note, which may be corrected once.
    note: Option<String>,
    has_open_visit: bool,
}

/// One client.
pub struct Clerk {
    name: String,
    chance: Chance,
    sent: usize,
    cases: Vec<Case>,
}

enum Ending {
    Answered(Reply),
    GivenUp,
}

impl Clerk {
    pub fn seeded(name: String, seed: u64) -> Self {
        Self { name, chance: Chance::seeded(seed), sent: 0, cases: Vec::new() }
    }

    /// Works until the office closes, and tells what became of everything.
    pub fn works(&mut self, office: &Office) -> Round {
        let mut round = Round::default();
        while !office.is_closing.load(Ordering::SeqCst) {
            self.does_something(office, &mut round);
        }
        round
    }

    fn does_something(&mut self, office: &Office, round: &mut Round) {
        match self.chance.below(6) {
            0 => self.files(office, round),
            1 => self.notes_in_shared_case(office, round),
            _ if self.cases.is_empty() => self.files(office, round),
            _ => self.moves_a_case(office, round),
        }
    }

    fn key(&mut self) -> String {
        self.sent += 1;
        format!("{}-{}", self.name, self.sent)
    }

    fn files(&mut self, office: &Office, round: &mut Round) {
        let key = self.key();
        let body = a_complaint().on("2024-06-01").with("remarks", key.as_str()).body();
        let wish = Wish { key, path: "/api/v1/cases".to_owned(), body, version: None };
        if let Some(receipt) = self.wishes(office, round, wish) {
            let path = format!("/api/v1/cases/{}", receipt["case_id"].as_str().unwrap());
            self.cases.push(Case { path, version: 1, note: None, has_open_visit: false });
        }
    }

    /// Others write there too: whoever comes second is told so.
    fn notes_in_shared_case(&mut self, office: &Office, round: &mut Round) {
        let version = self.reads(office, &office.shared)["version"].as_i64();
        let key = self.key();
        let body = step("note").on("2024-06-02").with("text", key.as_str()).body();
        self.wishes(office, round, Wish { key, path: format!("{}/events", office.shared), body, version });
    }

    fn moves_a_case(&mut self, office: &Office, round: &mut Round) {
        let place = self.chance.below(self.cases.len());
        let mut case = self.cases[place].clone();
        let key = self.key();
        let (what, correction) = (self.chance.below(3), case.note.clone());
        let form = match (what, &correction) {
            (0, Some(corrected)) => {
                step("note").with("corrects", corrected.as_str()).with("why", key.as_str()).with("text", key.as_str())
            }
            (1, _) if case.has_open_visit => step("cancel_visit").with("reason", key.as_str()),
            (1, _) => step("request_visit").with("urgency", key.as_str()),
            _ => step("note").with("text", key.as_str()),
        };
        let body = form.on("2024-06-02").body();
        let below = if body.get("corrects").is_some() { "corrections" } else { "events" };
        let path = format!("{}/{below}", case.path);
        match self.wishes(office, round, Wish { key, path, body: body.clone(), version: Some(case.version) }) {
            Some(receipt) => {
                case.version = receipt["version"].as_i64().unwrap();
                match body["kind"].as_str() {
                    Some("note") => case.note = receipt["event_id"].as_str().map(str::to_owned),
                    _ => case.has_open_visit = !case.has_open_visit,
                }
                self.cases[place] = case;
            }
            // Whether it was written is not known: this case is left alone.
            None => drop(self.cases.swap_remove(place)),
        }
    }

    fn reads(&mut self, office: &Office, path: &str) -> Value {
        loop {
            match office.client(&mut self.chance).request("GET", path).try_send() {
                Ok(reply) if reply.status != 503 => return reply.must_be(200).json(),
                _ => self.waits(),
            }
        }
    }

    /// Sends a wish until it is answered, and returns the receipt; none where it was refused or given up.
    fn wishes(&mut self, office: &Office, round: &mut Round, wish: Wish) -> Option<Value> {
        match self.sends(office, round, &wish) {
            Ending::GivenUp => {
                round.given_up.push(wish);
                None
            }
            Ending::Answered(reply) if reply.status == 412 => {
                round.refused.push(wish);
                None
            }
            Ending::Answered(reply) => {
                let receipt = reply.must_be(201).json();
                round.acknowledged.push((wish, receipt.clone()));
                office.acknowledged.fetch_add(1, Ordering::SeqCst);
                Some(receipt)
            }
        }
    }

    fn sends(&mut self, office: &Office, round: &mut Round, wish: &Wish) -> Ending {
        let end = Instant::now() + PATIENCE;
        loop {
            match wish.request(&office.client(&mut self.chance)).try_send() {
                Ok(reply) if reply.status != 503 => return Ending::Answered(reply),
                // Now and then a client loses patience, and nobody knows whether it was written.
                _ if self.chance.below(20) == 0 => return Ending::GivenUp,
                _ => round.retried += 1,
            }
            assert!(Instant::now() < end, "{} had no answer for {PATIENCE:?}", wish.key);
            self.waits();
        }
    }

    fn waits(&mut self) {
        std::thread::sleep(Duration::from_millis(10 + u64::try_from(self.chance.below(40)).unwrap()));
    }
}
