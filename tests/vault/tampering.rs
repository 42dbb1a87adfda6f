//! Whoever can write to the database moves and alters what is sealed. Each time it is refused and written to the
//! audit log with the case, and the rest of the office goes on.

use aiqyn::access::role::Role;
use serde_json::{Value, json};

use crate::support::{App, Backend, for_each_backend};

/// An office with a case that is tampered with and one that is left alone.
struct Tampered<'a> {
    backend: &'a Backend,
    app: App,
    case: Noted,
    other: Noted,
}

/// A case with a person in it and two notes.
struct Noted {
    id: String,
    people: String,
    notes: [String; 2],
}

impl Noted {
    fn by(app: &App) -> Self {
        let note = json!({"text": "Туыстарына хабарланды", "remarks": "Телефонмен"});
        let case = app.caseworker().files_complaint();
        let id = case.id;
        let person = json!({"kind": "person", "part": "witness", "name": "Мысалов Үлгі"});
        let mut notes = [person, note.clone(), note].into_iter().zip(1..).map(|(mut fields, version)| {
            let told = fields.as_object_mut().unwrap();
            told.entry("kind").or_insert("note".into());
            told.insert("occurred_at".to_owned(), "2026-06-02".into());
            let sent = app.client.post(&format!("/api/v1/cases/{id}/events"), &fields).if_match(version).send();
            sent.must_be(201).json()["event_id"].as_str().unwrap().to_owned()
        });
        let people = notes.next().unwrap();
        Self { people, notes: [notes.next().unwrap(), notes.next().unwrap()], id }
    }
}

impl<'a> Tampered<'a> {
    fn on(backend: &'a Backend) -> Self {
        let app = App::on(backend);
        let (case, other) = (Noted::by(&app), Noted::by(&app));
        Self { backend, app, case, other }
    }

    /// An identifier as it stands in SQL.
    fn id(&self, uuid: &str) -> String {
        let digits = uuid.replace('-', "");
        if self.backend.is_postgres() { format!("'\\x{digits}'::bytea") } else { format!("x'{digits}'") }
    }

    /// Writes to the database as its owner can, past every trigger.
    fn writes(&self, statement: &str) {
        let before = match self.backend.is_postgres() {
            true => "set session_replication_role = replica",
            false => "pragma foreign_keys = off; drop trigger if exists events_are_never_changed",
        };
        self.backend.execute(&format!("{before}; {statement}")).unwrap();
    }

    fn payload(&self, event: &str) -> Value {
        let query = format!("select cast(payload as text) as line from events where id = {}", self.id(event));
        serde_json::from_str(&self.backend.texts(&query)[0]).unwrap()
    }

    fn envelope(&self, event: &str, field: &str) -> String {
        self.payload(event)[field].as_str().unwrap().to_owned()
    }

    fn puts(&self, event: &str, field: &str, envelope: &str) {
        let mut payload = self.payload(event);
        payload[field] = envelope.into();
        self.writes(&format!("update events set payload = '{payload}' where id = {}", self.id(event)));
    }

    fn swaps(&self, one: (&str, &str), other: (&str, &str)) {
        let envelopes = [self.envelope(one.0, one.1), self.envelope(other.0, other.1)];
        self.puts(one.0, one.1, &envelopes[1]);
        self.puts(other.0, other.1, &envelopes[0]);
    }

    /// How often a refusal of something sealed was written to the audit log about a subject.
    fn refusals(&self, subject: &str) -> i64 {
        self.backend.number(&format!(
            "select count(*) as number from audit_records \
             where action = 'ciphertext_refused' and outcome = 'refused' and subject_id = '{subject}'"
        ))
    }

    /// The case is refused to whoever reads it, each time with a record.
    fn is_refused(&self) {
        for (below, refusals) in [("", 1), ("/events", 2)] {
            self.app
                .asks(&format!("/api/v1/cases/{}{below}", self.case.id))
                .must_be_problem(500, "sealed_text_refused");
            assert_eq!(self.refusals(&self.case.id), refusals);
        }
    }

    /// Whoever has nothing to do with it notices nothing.
    fn goes_on(&self) {
        let history = self.app.get(&format!("/api/v1/cases/{}/events", self.other.id));
        assert_eq!(history["events"][2]["details"]["text"], "Туыстарына хабарланды");
        let list = self.app.get("/api/v1/cases?people=true");
        assert!(list.to_string().contains("Мысалов Үлгі"), "{list}");
        self.app.get("/api/v1/health");
        let found = self.app.client.post("/api/v1/name-searches", &json!({"name": "Мысалов Үлгі"})).send();
        let cases: Vec<Value> = found.must_be(200).json()["hits"].as_array().unwrap().clone();
        assert!(cases.iter().any(|hit| hit["case_id"] == self.other.id.as_str()), "{cases:?}");
        let people = json!([{"part": "alleged_victim", "name": "Мысалов Үлгі"}]);
        let filing = crate::support::a_complaint().with("people", people).body();
        self.app.client.post("/api/v1/cases", &filing).send().must_be(201);
        assert_eq!(self.refusals(&self.other.id), 0);
    }
}

/// Tampers with a case, and sees it refused and the rest go on.
#[track_caller]
fn tampered_by(tampers: impl Fn(&Tampered<'_>)) {
    for_each_backend(|backend| {
        let office = Tampered::on(backend);
        tampers(&office);
        office.is_refused();
        office.goes_on();
    });
}

#[test]
fn two_texts_that_changed_places_are_refused() {
    tampered_by(|office| {
        let [one, other] = &office.case.notes;
        office.swaps((one, "text"), (other, "text"));
    });
}

#[test]
fn a_text_in_another_field_is_refused() {
    tampered_by(|office| office.swaps((&office.case.notes[0], "text"), (&office.case.notes[0], "remarks")));
}

#[test]
fn a_text_of_another_case_is_refused() {
    tampered_by(|office| {
        let envelope = office.envelope(&office.other.notes[0], "text");
        office.puts(&office.case.notes[0], "text", &envelope);
    });
}

#[test]
fn whoever_leaves_the_texts_closed_is_refused_a_text_of_another_case_too() {
    for_each_backend(|backend| {
        let office = Tampered::on(backend);
        office.puts(&office.case.notes[0], "text", &office.envelope(&office.other.notes[0], "text"));
        office.app.asks(&format!("/cases/{}", office.case.id)).must_be(500);
        assert_eq!(office.refusals(&office.case.id), 1);
    });
}

#[test]
fn one_changed_bit_is_refused() {
    tampered_by(|office| {
        let mut envelope = office.envelope(&office.case.notes[0], "text").into_bytes();
        let at = envelope.len() / 2;
        envelope[at] = if envelope[at] == b'A' { b'B' } else { b'A' };
        office.puts(&office.case.notes[0], "text", &String::from_utf8(envelope).unwrap());
    });
}

#[test]
fn a_text_that_is_not_sealed_is_refused() {
    tampered_by(|office| office.puts(&office.case.notes[0], "text", "clear1:Ол бәрін мойындады"));
}

#[test]
fn an_empty_envelope_is_refused() {
    tampered_by(|office| office.puts(&office.case.notes[0], "remarks", ""));
}

#[test]
fn the_key_of_another_case_is_refused() {
    tampered_by(|office| {
        let key = |case| format!("select id from data_keys where case_id = {}", office.id(case));
        let (own, other) = (key(&office.case.id), key(&office.other.id));
        office.writes(&format!(
            "update sealed_keys set sealed = (select sealed from sealed_keys where data_key_id in ({other})) \
             where data_key_id in ({own})"
        ));
    });
}

#[test]
fn a_text_under_a_key_that_nobody_knows_is_refused() {
    tampered_by(|office| {
        office.writes(&format!("delete from data_keys where case_id = {}", office.id(&office.case.id)));
    });
}

#[test]
fn a_key_that_was_given_to_another_case_is_refused() {
    tampered_by(|office| {
        let (own, other) = (office.id(&office.case.id), office.id(&office.other.id));
        office.writes(&format!("update data_keys set case_id = {other} where case_id = {own}"));
    });
}

/// Has every key of the tampered case altered.
fn alters_the_keys(office: &Tampered<'_>) {
    let own = format!("select id from data_keys where case_id = {}", office.id(&office.case.id));
    let zeros = office.id(&"00".repeat(80));
    office.writes(&format!("update sealed_keys set sealed = {zeros} where data_key_id in ({own})"));
}

#[test]
fn nothing_is_written_under_a_key_that_was_altered() {
    for_each_backend(|backend| {
        let office = Tampered::on(backend);
        alters_the_keys(&office);
        let path = format!("/api/v1/cases/{}/events", office.case.id);
        let note = json!({"kind": "note", "occurred_at": "2026-06-02", "text": "Тағы бір жазба"});
        office.app.client.post(&path, &note).if_match(4).send().must_be_problem(500, "sealed_text_refused");
        assert_eq!(office.refusals(&office.case.id), 1);
        office.goes_on();
    });
}

#[test]
fn a_case_whose_key_was_altered_is_not_shared() {
    for_each_backend(|backend| {
        let office = Tampered::on(backend);
        alters_the_keys(&office);
        let services = &office.app.services;
        let kind = aiqyn::access::role::OrganisationKind::Ngo;
        let other = services.add_organisation(&office.app.console(), "Другая", kind).unwrap();
        let path = format!("/api/v1/cases/{}/shares", office.case.id);
        let body = json!({"organisation": other.id.to_string()});
        office.app.client.post(&path, &body).send().must_be_problem(500, "sealed_text_refused");
        assert_eq!(office.refusals(&office.case.id), 1);
        office.goes_on();
    });
}

#[test]
fn the_index_says_which_case_it_could_not_read() {
    for_each_backend(|backend| {
        let office = Tampered::on(backend);
        alters_the_keys(&office);
        let found = office.app.client.post("/api/v1/name-searches", &json!({"name": "Мысалов Үлгі"})).send();
        assert_eq!(found.must_be(200).json()["hits"].as_array().unwrap().len(), 1);
        assert_eq!(office.refusals(&office.case.id), 1);
    });
}

#[test]
fn a_list_shows_the_names_of_the_other_cases() {
    for_each_backend(|backend| {
        let office = Tampered::on(backend);
        let envelope = office.envelope(&office.other.people, "name");
        office.puts(&office.case.people, "name", &envelope);
        let list = office.app.get("/api/v1/cases?people=true");
        assert_eq!(list.to_string().matches("Мысалов Үлгі").count(), 1, "{list}");
        assert_eq!(office.refusals(&office.case.id), 1);
    });
}

#[test]
fn a_member_whose_keys_were_altered_is_refused_and_no_other() {
    for_each_backend(|backend| {
        let office = Tampered::on(backend);
        let (victim, client) = office.app.hires("bolat", Role::Caseworker);
        let member = victim.member.to_string();
        let zeros = office.id(&"00".repeat(80));
        let of_victim = format!("where member_id = {}", office.id(&member));
        office.writes(&format!("update key_grants set sealed = {zeros} {of_victim}"));
        client.get("/api/v1/cases").must_be_problem(500, "sealed_text_refused");
        assert_eq!(office.refusals(&member), 1);
        office.writes(&format!("update sessions set member_key_wrapped = {zeros} {of_victim}"));
        client.get("/api/v1/cases").must_be_problem(500, "sealed_text_refused");
        assert_eq!(office.refusals(&member), 2);
        office.goes_on();
    });
}

#[test]
fn a_visit_request_that_was_altered_is_refused() {
    for_each_backend(|backend| {
        let office = Tampered::on(backend);
        let case = office.app.caseworker().files_complaint().has_a_visit_requested();
        let (request, path) = (case.last_event.clone(), format!("/api/v1/visits/{}", case.last_event));
        office.app.get(&path);
        let envelope = office.envelope(&office.other.notes[0], "text");
        office.puts(&request, "urgency", &envelope);
        office.app.asks(&path).must_be_problem(500, "sealed_text_refused");
        assert_eq!(office.refusals(&request), 1);
        office.goes_on();
    });
}

#[test]
fn a_key_is_not_rotated_over_one_that_was_altered() {
    for_each_backend(|backend| {
        let office = Tampered::on(backend);
        let (colleague, _) = office.app.hires("bolat", Role::Caseworker);
        let caller = colleague.asks(&office.app.services);
        alters_the_keys(&office);
        assert!(office.app.services.rotate_keys(&caller).is_err());
        assert_eq!(office.refusals(&office.app.organisation.id.to_string()), 1);
        // Nothing was half done: whoever held the key holds it still.
        office.goes_on();
    });
}
