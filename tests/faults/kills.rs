//! `kill -9` in the middle of the work, of the server and of PostgreSQL, at random moments. A short form runs
//! with the other tests; the long one by `AIQYN_FAULTS=200 cargo test --test faults kills -- --nocapture`.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, RwLock};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::clerk::{Clerk, Office};
use crate::cluster::{Cluster, Others, wait_until};
use crate::ledger::{Figures, Ledger, Round, Wish};
use crate::support::chance::Chance;
use crate::support::http::Client;
use crate::support::program::Served;
use crate::support::{Backend, a_complaint};

const CLERKS: u64 = 4;

/// How many kills a backend has to stand.
fn kills() -> usize {
    std::env::var("AIQYN_FAULTS").map_or(8, |kills| kills.parse().expect("AIQYN_FAULTS is a number of kills"))
}

/// Another one in each run, unless it is told.
pub fn seed() -> u64 {
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    std::env::var("AIQYN_FAULTS_SEED")
        .map_or_else(|_| now(), |seed| seed.parse().expect("AIQYN_FAULTS_SEED is a number"))
}

/// Clerks who work at these nodes, the case that they all write to, and the ledger that has it.
pub fn begin(backend: &Backend, nodes: Vec<Client>, clerks: u64, seed: u64) -> (Arc<Office>, Vec<Clerk>, Ledger) {
    let first = &nodes[0];
    let shared = Wish {
        key: "shared".to_owned(),
        path: "/api/v1/cases".to_owned(),
        body: a_complaint().on("2024-06-01").with("remarks", "shared").body(),
        version: None,
    };
    let receipt = shared.request(first).send().must_be(201).json();
    let path = format!("/api/v1/cases/{}", receipt["case_id"].as_str().unwrap());
    let mut ledger = Ledger::default();
    let before = Round { acknowledged: vec![(shared, receipt)], ..Round::default() };
    ledger.check(backend, first, &before);
    let clerks = (1..=clerks).map(|number| Clerk::seeded(format!("clerk{number}"), seed + number)).collect();
    let office = Office {
        nodes: RwLock::new(nodes),
        acknowledged: AtomicUsize::new(0),
        is_closing: AtomicBool::new(false),
        shared: path,
    };
    (Arc::new(office), clerks, ledger)
}

/// A backend whose server, and whose database where it is one of ours, are killed again and again.
struct Trial<'b> {
    backend: &'b Backend,
    cluster: Option<&'b mut Cluster>,
    served: Served,
    office: Arc<Office>,
    chance: Chance,
    clerks: Vec<Clerk>,
    ledger: Ledger,
}

impl<'b> Trial<'b> {
    fn on(backend: &'b Backend, cluster: Option<&'b mut Cluster>, seed: u64) -> Self {
        backend.set_up();
        let served = backend.serve();
        let (office, clerks, ledger) = begin(backend, vec![served.client.clone()], CLERKS, seed);
        Self { backend, cluster, served, office, chance: Chance::seeded(seed), clerks, ledger }
    }

    /// The clerks work; something is killed under their hands and starts again; they finish what they have
    /// begun, and everything is looked at.
    fn round(&mut self) -> Figures {
        let mut clerks = std::mem::take(&mut self.clerks);
        self.office.is_closing.store(false, Ordering::SeqCst);
        let office = self.office.clone();
        let round = std::thread::scope(|scope| {
            let office = &*office;
            let working: Vec<_> = clerks.iter_mut().map(|clerk| scope.spawn(move || clerk.works(office))).collect();
            let enough = self.chance.below(30);
            self.wait_for(enough);
            std::thread::sleep(Duration::from_micros(u64::try_from(self.chance.below(20_000)).unwrap()));
            self.kills_something();
            // They go on by themselves.
            self.wait_for(5);
            self.office.is_closing.store(true, Ordering::SeqCst);
            let mut round = Round::default();
            working.into_iter().for_each(|clerk| round.add(clerk.join().unwrap()));
            round
        });
        self.clerks = clerks;
        self.ledger.check(self.backend, &self.served.client, &round)
    }

    fn wait_for(&self, more: usize) {
        let acknowledged = &self.office.acknowledged;
        let enough = acknowledged.load(Ordering::SeqCst) + more;
        wait_until(|| acknowledged.load(Ordering::SeqCst) >= enough);
    }

    fn kills_something(&mut self) {
        match &mut self.cluster {
            // The server stays, and must find the database again by itself.
            Some(cluster) if self.chance.below(2) == 0 => {
                cluster.kill(*self.chance.one_of(&[Others::Killed, Others::Left]));
                cluster.restart();
            }
            _ => {
                self.served.kill();
                self.served = self.backend.serve();
                *self.office.nodes.write().unwrap() = vec![self.served.client.clone()];
            }
        }
    }
}

fn stand(backend: &Backend, cluster: Option<&mut Cluster>) {
    let (kills, seed) = (kills(), seed());
    println!("{}: seed {seed} (AIQYN_FAULTS_SEED={seed} takes it again)", backend.name);
    let mut trial = Trial::on(backend, cluster, seed);
    let mut figures = Figures::default();
    for _ in 0..kills {
        figures += trial.round();
        if figures.kills % 20 == 0 {
            println!("{}: {figures}", backend.name);
        }
    }
    println!("{}: {figures}", backend.name);
    assert_eq!((figures.lost, figures.doubled), (0, 0));
    assert!(figures.acknowledged >= 5 * kills);
}

#[test]
fn kills_of_the_server_lose_and_double_nothing_on_sqlite() {
    stand(&Backend::sqlite(), None);
}

#[test]
fn kills_of_server_and_database_lose_and_double_nothing_on_postgresql() {
    let Some(mut cluster) = Cluster::start() else { return };
    stand(&cluster.backend(), Some(&mut cluster));
}
