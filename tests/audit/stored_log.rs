//! The log in both databases: writers take turns, and what is done to it with other tools is found.

use std::sync::Arc;

use aiqyn::audit::{
    AuditAction, AuditEntry, AuditRecord, Broken, Checkpoint, Detail, Fault, Outcome, Purpose, SigningKey, SubjectKind,
    Verified,
};
use aiqyn::domain::id::{ActorId, Author, OrganisationId};
use aiqyn::services::clock::FixedClock;
use aiqyn::services::{AuditFilter, Caller, Services};
use aiqyn::store::{Store, StoreError};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::support::backend::{Backend, for_each_backend};

fn noon() -> DateTime<Utc> {
    "2026-06-15T07:00:00.123456Z".parse().unwrap()
}

pub fn services_on(backend: &Backend) -> Services {
    Services::open(&backend.url, Arc::new(FixedClock(noon()))).unwrap()
}

/// An office whose log is empty: what setting it up wrote is taken away.
struct Office {
    services: Services,
    caller: Caller,
    store: Store,
}

fn office(backend: &Backend) -> Office {
    let services = services_on(backend);
    services.migrate().unwrap();
    services.set_up("Қадір-қасиет", "administrator").unwrap();
    backend.behind_the_program("delete from audit_records");
    let caller = services.console().unwrap();
    Office { services, caller, store: Store::open(&backend.url).unwrap() }
}

fn record(store: &Store, entry: &AuditEntry) -> Result<AuditRecord, StoreError> {
    store.write(|tx| tx.append_audit(entry))
}

fn author(number: u128) -> Author {
    Author { actor: ActorId(Uuid::from_u128(number)), organisation: OrganisationId(Uuid::from_u128(9)) }
}

/// An entry with something in every column.
fn reading(number: i64) -> AuditEntry {
    AuditEntry::new(AuditAction::SealedRead, noon() + TimeDelta::seconds(number))
        .by(author(1))
        .about(SubjectKind::Case, Uuid::from_u128(7))
        .purpose(Purpose::Handling)
        .with("texts", number)
        .with("how", Detail::word("page"))
}

fn verify(services: &Services, caller: &Caller, given: &[Checkpoint]) -> Result<Verified, Broken> {
    services.verify_audit(caller, given, |_, _| {}).unwrap()
}

fn keep(backend: &Backend) {
    backend.execute("create table kept as select * from audit_records").unwrap();
}

fn restore(backend: &Backend) {
    backend.behind_the_program("delete from audit_records; insert into audit_records select * from kept");
}

#[test]
fn what_is_recorded_is_found_whole() {
    for_each_backend(|backend| {
        let Office { services, caller, store } = &office(backend);
        let empty = verify(services, caller, &[]).unwrap();
        assert_eq!((empty.records, empty.vouched_until), (0, 0));
        let recorded = record(store, &reading(1)).unwrap();
        assert_eq!(recorded.sequence, 2, "that the log was verified is its first record");
        record(store, &AuditEntry::new(AuditAction::SignInFailed, noon()).ended(Outcome::Refused)).unwrap();
        let mut told = Vec::new();
        let verified = services.verify_audit(caller, &[], |done, total| told.push((done, total))).unwrap().unwrap();
        assert_eq!(verified.records, 3);
        assert_eq!(told, [(3, 3)]);
        assert_eq!(services.search_audit(caller, &AuditFilter::default(), Some(3), 1).unwrap(), [recorded]);
    });
}

#[test]
fn a_log_of_several_batches_is_found_whole() {
    for_each_backend(|backend| {
        let Office { services, caller, store } = &office(backend);
        (0..2_100).for_each(|number| drop(record(store, &reading(number)).unwrap()));
        assert_eq!(verify(services, caller, &[]).unwrap().records, 2_100);
    });
}

#[test]
fn writers_at_the_same_time_take_turns() {
    for_each_backend(|backend| {
        let Office { services, caller, .. } = &office(backend);
        std::thread::scope(|scope| {
            for writer in 0..6 {
                // Each with connections of its own, as another node would have.
                let store = Store::open(&backend.url).unwrap();
                scope.spawn(move || {
                    let store = &store;
                    for number in 0..20 {
                        record(store, &reading(writer * 100 + number)).unwrap();
                    }
                });
            }
        });
        assert_eq!(verify(services, caller, &[]).unwrap().records, 120);
    });
}

#[test]
fn the_database_refuses_to_change_a_record() {
    for_each_backend(|backend| {
        let Office { store, .. } = &office(backend);
        record(store, &reading(1)).unwrap();
        for statement in ["update audit_records set outcome = 'refused'", "delete from audit_records"] {
            assert!(backend.execute(statement).is_err(), "{statement}");
        }
        assert!(backend.execute("truncate audit_records").is_err());
        assert_eq!(backend.rows("audit_records").len(), 1);
    });
}

#[test]
fn a_column_changed_behind_the_programs_back_names_its_record() {
    for_each_backend(|backend| {
        let Office { services, caller, store } = &office(backend);
        (1..=5).for_each(|number| drop(record(store, &reading(number)).unwrap()));
        keep(backend);
        let blob = |hex: &str| if backend.is_postgres() { format!("'\\x{hex}'::bytea") } else { format!("x'{hex}'") };
        let (id, hash) = (blob(&"ab".repeat(16)), blob(&"cd".repeat(32)));
        let changes = [
            ("recorded_at", "recorded_at + 1", "content"),
            ("recorded_at", "9223372036854775807", "unreadable"),
            ("actor_id", &id, "content"),
            ("actor_id", "null", "content"),
            ("actor_id", &hash, "unreadable"),
            ("organisation_id", "null", "content"),
            ("action", "'request_read'", "content"),
            ("action", "'read nothing'", "unreadable"),
            ("outcome", "'refused'", "content"),
            ("subject_kind", "'member'", "content"),
            ("subject_kind", "null", "unreadable"),
            ("subject_id", "'00000000-0000-0000-0000-000000000008'", "content"),
            ("subject_id", "'Айгүл'", "unreadable"),
            ("purpose", "null", "content"),
            ("purpose", "'review'", "content"),
            ("details", "replace(details, 'page', 'file')", "content"),
            ("details", "'{}'", "content"),
            ("details", "details || ' '", "unreadable"),
            ("previous_hash", &hash, "previous_hash"),
            ("previous_hash", &id, "previous_hash"),
            ("hash", &hash, "content"),
            ("hash", &id, "content"),
        ];
        for (column, value, fault) in changes {
            for sequence in [1, 3, 5] {
                let change = format!("update audit_records set {column} = {value} where sequence = {sequence}");
                backend.behind_the_program(&change);
                let broken = verify(services, caller, &[]).unwrap_err();
                assert_eq!((broken.sequence, broken.fault.as_str()), (sequence, fault), "{change}");
                restore(backend);
            }
        }
        assert_eq!(verify(services, caller, &[]).unwrap().records, 5);
    });
}

#[test]
fn a_value_of_another_type_names_its_record() {
    let backend = Backend::sqlite();
    let Office { services, caller, store } = &office(&backend);
    (1..=3).for_each(|number| drop(record(store, &reading(number)).unwrap()));
    keep(&backend);
    for (column, value) in [
        ("details", "x'ff00'"),
        ("action", "x'ff'"),
        ("recorded_at", "'noon'"),
        ("hash", "'text'"),
        ("actor_id", "1"),
        ("purpose", "1.5"),
    ] {
        let change = format!("update audit_records set {column} = {value} where sequence = 2");
        backend.behind_the_program(&change);
        assert_eq!(verify(services, caller, &[]).map_err(|broken| broken.sequence), Err(2), "{change}");
        restore(&backend);
    }
}

#[test]
fn a_record_taken_out_behind_the_programs_back_is_named() {
    for_each_backend(|backend| {
        let Office { services, caller, store } = &office(backend);
        (1..=5).for_each(|number| drop(record(store, &reading(number)).unwrap()));
        keep(backend);
        for sequence in [1, 3] {
            backend.behind_the_program(&format!("delete from audit_records where sequence = {sequence}"));
            assert_eq!(verify(services, caller, &[]), Err(Broken { sequence, fault: Fault::Missing }));
            restore(backend);
        }
        let close =
            "delete from audit_records where sequence = 2; update audit_records set sequence = 2 where sequence = 3";
        backend.behind_the_program(close);
        assert_eq!(verify(services, caller, &[]), Err(Broken { sequence: 2, fault: Fault::PreviousHash }));
        restore(backend);
        let before = "update audit_records set sequence = 0 where sequence = 1";
        backend.behind_the_program(before);
        assert_eq!(verify(services, caller, &[]), Err(Broken { sequence: 0, fault: Fault::Repeated }));
    });
}

#[test]
fn a_log_cut_off_is_found_by_a_checkpoint_kept_elsewhere() {
    for_each_backend(|backend| {
        let Office { services, caller, store } = &office(backend);
        let key = SigningKey::from_bytes(&[3; 32]);
        (1..=3).for_each(|number| drop(record(store, &reading(number)).unwrap()));
        keep(backend);
        let signed = services.make_checkpoint(caller, &key).unwrap();
        let checkpoint = signed.verify(Some(key.public())).unwrap();
        assert_eq!(checkpoint.sequence(), 4, "it vouches for the record that says it was made");
        assert_eq!(services.checkpoints(caller).unwrap(), [signed]);
        assert_eq!(verify(services, caller, &[]).unwrap().vouched_until, 4);
        assert_eq!(services.check_against(caller, &checkpoint).unwrap(), Ok(()));

        restore(backend);
        let cut = Broken { sequence: 4, fault: Fault::CutOff { until: 4 } };
        assert_eq!(services.check_against(caller, &checkpoint).unwrap(), Err(cut));
        assert_eq!(verify(services, caller, &[]), Err(cut), "the checkpoint beside the log says so");
        backend.execute("delete from audit_checkpoints").unwrap();
        // By now another record has the number.
        let replaced = Broken { sequence: 4, fault: Fault::NotAsSigned { vouched_until: 0 } };
        assert_eq!(verify(services, caller, std::slice::from_ref(&checkpoint)), Err(replaced));
        assert_eq!(services.check_against(caller, &checkpoint).unwrap(), Err(replaced));
        assert!(verify(services, caller, &[]).is_ok(), "without a checkpoint nothing is missed");
    });
}

#[test]
fn records_are_found_by_what_they_say_the_newest_first() {
    for_each_backend(|backend| {
        let Office { services, caller, store } = &office(backend);
        (1..=6).for_each(|number| drop(record(store, &reading(number)).unwrap()));
        let refused = AuditEntry::new(AuditAction::AccessRefused, noon())
            .by(author(2))
            .ended(Outcome::Refused)
            .about(SubjectKind::Case, Uuid::from_u128(8));
        record(store, &refused).unwrap();
        let found = |filter: AuditFilter, before, limit| {
            let records = services.search_audit(caller, &filter, before, limit).unwrap();
            records.iter().map(|record| record.sequence).collect::<Vec<_>>()
        };
        let by = |actor: u128| AuditFilter { actor: Some(author(actor).actor), ..AuditFilter::default() };
        assert_eq!(found(by(1), None, 4), [6, 5, 4, 3]);
        assert_eq!(found(by(1), Some(3), 4), [2, 1]);
        assert_eq!(found(by(2), None, 4), [7]);
        let every = AuditFilter::default();
        assert_eq!(found(AuditFilter { outcome: Some(Outcome::Refused), ..every.clone() }, None, 9), [7]);
        assert_eq!(found(AuditFilter { action: Some(AuditAction::AccessRefused), ..every.clone() }, None, 9), [7]);
        let organisation = Some(author(1).organisation);
        assert_eq!(found(AuditFilter { organisation, ..every.clone() }, None, 9), [7, 6, 5, 4, 3, 2, 1]);
        let subject = Some(Uuid::from_u128(8).to_string());
        assert_eq!(found(AuditFilter { subject, ..every.clone() }, None, 9), [7]);
        let (from, to) = (Some(noon() + TimeDelta::seconds(2)), Some(noon() + TimeDelta::seconds(4)));
        assert_eq!(found(AuditFilter { from, to, ..every.clone() }, None, 9), [3, 2]);
        let reads = AuditFilter { action: Some(AuditAction::AuditRead), ..every };
        assert_eq!(found(reads, None, 1).len(), 1, "that the log was searched is in it");
        assert!(verify(services, caller, &[]).is_ok());
    });
}
