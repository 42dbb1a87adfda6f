//! What was erased stays erased: the erasures of a checkpoint come into a database that was restored from an
//! older backup.

use std::path::Path;

use aiqyn::audit::{AuditAction, Checkpoint, ErasureNote, SigningKey};
use aiqyn::domain::id::CaseId;
use aiqyn::services::{AppliedErasures, AuditFilter};
use uuid::Uuid;

use crate::support::App;
use crate::support::backend::{Backend, for_each_backend};

const SEALED: &str = "sealed-key-of-the-case-that-is-to-be-erased";

fn blob(backend: &Backend, bytes: &[u8]) -> String {
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    if backend.is_postgres() { format!("'\\x{hex}'::bytea") } else { format!("x'{hex}'") }
}

fn cases(app: &App) -> Vec<CaseId> {
    let mut ids: Vec<CaseId> = Vec::new();
    let caller = app.caseworker.asks(&app.services);
    app.services
        .export_events(&app.console(), |event| {
            let case: aiqyn::services::CaseName = event.reference.parse().unwrap();
            let id = app.services.view_case(&caller, case)?.record.id;
            if !ids.contains(&id) {
                ids.push(id);
            }
            Ok::<_, aiqyn::services::ServiceError>(())
        })
        .unwrap();
    ids
}

/// Keys and an index of names for a case, as its texts would have brought along.
fn give_keys(backend: &Backend, case: CaseId) {
    let bytes = |id: Uuid| blob(backend, id.as_bytes());
    let (case, key, organisation_key) = (bytes(case.0), bytes(Uuid::now_v7()), bytes(Uuid::now_v7()));
    // PostgreSQL has no `min` of byte strings.
    let organisation = "(select id from organisations order by id limit 1)";
    let event = format!("(select id from events where case_id = {case} order by id limit 1)");
    let (token, sealed) = (blob(backend, b"token-01"), blob(backend, SEALED.as_bytes()));
    let version = backend.number("select count(*) as number from organisation_keys") + 1;
    backend
        .execute(&format!(
            "insert into organisation_keys values ({organisation_key}, {organisation}, {version}, {token}, {token}, 1);
             insert into data_keys (id, case_id, created_at) values ({key}, {case}, 1);
             insert into sealed_keys values ({key}, {organisation}, {organisation_key}, {sealed});
             insert into name_tokens values ({organisation}, {token}, {case}, {event}, 0);
             delete from names_to_index where case_id = {case};
             insert into names_to_index values ({organisation}, {case})"
        ))
        .unwrap();
}

/// What an erasure destroys.
const TABLES: [&str; 3] = ["sealed_keys", "name_tokens", "names_to_index"];

/// How many rows of a table are a case's.
fn rows_of(backend: &Backend, table: &str, case: CaseId) -> i64 {
    let case = blob(backend, case.0.as_bytes());
    let of_case = match table {
        "sealed_keys" => format!("data_key_id in (select id from data_keys where case_id = {case})"),
        _ => format!("case_id = {case}"),
    };
    backend.number(&format!("select count(*) as number from {table} where {of_case}"))
}

fn holds(folder: &Path, text: &str) -> bool {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
    files.into_iter().any(|bytes| bytes.windows(text.len()).any(|window| window == text.as_bytes()))
}

#[test]
fn the_erasures_of_a_checkpoint_are_applied_once() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(4);
        let ids = cases(&app);
        let (erased, kept) = (ids[0], ids[1]);
        [erased, kept].into_iter().for_each(|case| give_keys(backend, case));
        let key = SigningKey::from_bytes(&[3; 32]);
        let at = "2026-06-01T07:00:00.000001Z".parse().unwrap();
        let note = |case| ErasureNote { case, erased_at: at };
        let notes = vec![note(erased), note(CaseId(Uuid::max()))];
        let checkpoint = Checkpoint::new(77, aiqyn::audit::ChainHash::genesis(), at, notes, &key);
        let caller = app.console();

        let keys = rows_of(backend, "sealed_keys", erased);
        let others = TABLES.map(|table| rows_of(backend, table, kept));
        let applied = app.services.apply_erasures(&caller, &checkpoint).unwrap();
        assert_eq!(applied, AppliedErasures { erased: 1, known: 0, not_here: 1 });
        assert_eq!(TABLES.map(|table| rows_of(backend, table, erased)), [0, 0, 0]);
        assert_eq!(TABLES.map(|table| rows_of(backend, table, kept)), others, "the other case keeps its own");
        assert!(others.iter().all(|rows| *rows > 0));
        assert!(!backend.rows("events").is_empty(), "its times stay");
        let again = app.services.apply_erasures(&caller, &checkpoint).unwrap();
        assert_eq!(again, AppliedErasures { erased: 0, known: 1, not_here: 1 });

        let told = AuditFilter { action: Some(AuditAction::CaseErased), ..AuditFilter::default() };
        let told = app.services.search_audit(&caller, &told, None, 9).unwrap();
        assert_eq!(told.len(), 1);
        let entry = &told[0].entry;
        assert_eq!(entry.subject.as_ref().unwrap().id.as_str(), erased.to_string());
        assert_eq!(
            (entry.details.get("reason"), entry.details.get("keys")),
            (Some("checkpoint"), Some(keys.to_string().as_str()))
        );
        assert_eq!(entry.details.get("checkpoint"), Some("77"));

        let next = app.services.make_checkpoint(&caller, &key).unwrap().verify(Some(key.public())).unwrap();
        assert_eq!(next.erasures(), [note(erased)], "the next checkpoint hands the erasure on");
        assert!(app.services.verify_audit(&caller, &[next], |_, _| {}).unwrap().is_ok());
    });
}

#[test]
fn the_file_forgets_an_erased_key() {
    let backend = Backend::sqlite();
    let app = App::on(&backend).with_invented_cases(1);
    let case = cases(&app)[0];
    give_keys(&backend, case);
    assert!(holds(backend.folder.path(), SEALED));
    let key = SigningKey::from_bytes(&[3; 32]);
    let at = "2026-06-01T07:00:00Z".parse().unwrap();
    let notes = vec![ErasureNote { case, erased_at: at }];
    let checkpoint = Checkpoint::new(1, aiqyn::audit::ChainHash::genesis(), at, notes, &key);
    app.services.apply_erasures(&app.console(), &checkpoint).unwrap();
    assert!(!holds(backend.folder.path(), SEALED), "neither the database nor its log holds it");
}
