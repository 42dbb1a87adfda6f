//! Whoever files complaints and moves cases, in their own words:
//! `caseworker.files_complaint().on("2026-06-02").routes_to_internal_security()`.

use serde_json::Value;

use super::complaint::{Form, a_complaint, step};
use super::http::{Client, Reply};

/// A person at the desk.
#[derive(Clone, Copy)]
pub struct Caseworker<'a> {
    client: &'a Client,
}

/// A case that the caseworker has before them, as it was last seen.
#[derive(Clone)]
pub struct CaseFile<'a> {
    client: &'a Client,
    pub id: String,
    pub reference: String,
    pub version: i64,
    /// The event that was recorded last.
    pub last_event: String,
    /// When what is recorded next happened.
    time: String,
}

impl<'a> Caseworker<'a> {
    pub fn of(client: &'a Client) -> Self {
        Self { client }
    }

    /// Files a complaint with nothing but what it must carry.
    pub fn files_complaint(self) -> CaseFile<'a> {
        self.files(&a_complaint())
    }

    /// Files a complaint.
    #[track_caller]
    pub fn files(self, complaint: &Form) -> CaseFile<'a> {
        CaseFile::of(self.client, &self.tries_to_file(complaint).must_be(201).json())
    }

    /// Files a complaint, or hears why not.
    pub fn tries_to_file(self, complaint: &Form) -> Reply {
        self.client.post("/api/v1/cases", &complaint.body()).send()
    }
}

impl<'a> CaseFile<'a> {
    /// The case that a receipt tells of.
    pub fn of(client: &'a Client, receipt: &Value) -> Self {
        let text = |name: &str| receipt[name].as_str().unwrap_or_else(|| panic!("no {name}: {receipt}")).to_owned();
        Self {
            client,
            id: text("case_id"),
            reference: text("reference"),
            version: receipt["version"].as_i64().unwrap(),
            last_event: text("event_id"),
            time: "2026-06-01".to_owned(),
        }
    }

    /// What is recorded next happened then.
    pub fn on(mut self, time: &str) -> Self {
        time.clone_into(&mut self.time);
        self
    }

    /// Records a step or a fact.
    #[track_caller]
    pub fn records(mut self, form: &Form) -> Self {
        let receipt = self.tries(form).must_be(201).json();
        self.version = receipt["version"].as_i64().unwrap();
        receipt["event_id"].as_str().unwrap().clone_into(&mut self.last_event);
        self
    }

    /// Records a step or a fact, or hears why not. It happened when the form says, else when the case does.
    pub fn tries(&self, form: &Form) -> Reply {
        let mut body = form.body();
        let fields = body.as_object_mut().unwrap();
        fields.entry("occurred_at").or_insert_with(|| self.time.clone().into());
        self.client.post(&self.path("/events"), &body).if_match(self.version).send()
    }

    /// Corrects an event.
    #[track_caller]
    pub fn corrects(mut self, event: &str, instead: &Form) -> Self {
        let receipt = self.tries_to_correct(event, instead).must_be(201).json();
        self.version = receipt["version"].as_i64().unwrap();
        receipt["event_id"].as_str().unwrap().clone_into(&mut self.last_event);
        self
    }

    /// Corrects an event, or hears why not.
    pub fn tries_to_correct(&self, event: &str, instead: &Form) -> Reply {
        let body = instead.clone().with("corrects", event).with("why", "Күні қате жазылған").body();
        self.client.post(&self.path("/corrections"), &body).if_match(self.version).send()
    }

    /// Takes an event back.
    #[track_caller]
    pub fn retracts(self, event: &str) -> Self {
        self.corrects(event, &Form::new("kind", "retraction"))
    }

    #[track_caller]
    pub fn shows(&self) -> Value {
        self.client.get(&self.path("")).must_be(200).json()
    }

    #[track_caller]
    pub fn history(&self) -> Value {
        self.client.get(&self.path("/events")).must_be(200).json()
    }

    /// Where both regions stand, and the headline.
    #[track_caller]
    pub fn stands(&self) -> [String; 3] {
        let case = self.shows();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        [text(&case["investigation"]["state"]), text(&case["visit"]["state"]), text(&case["stage"])]
    }

    /// The address of the case, or of something of it.
    pub fn path(&self, below: &str) -> String {
        format!("/api/v1/cases/{}{below}", self.id)
    }
}

/// What happens to a case, said as it is said.
#[allow(clippy::wrong_self_convention, reason = "a case that is dismissed is another one than before")]
impl CaseFile<'_> {
    #[track_caller]
    pub fn routes_to_internal_security(self) -> Self {
        self.records(&step("route"))
    }

    #[track_caller]
    pub fn is_investigated(self) -> Self {
        self.records(&step("open_investigation"))
    }

    #[track_caller]
    pub fn is_dismissed(self) -> Self {
        self.records(&step("dismiss"))
    }

    #[track_caller]
    pub fn is_appealed(self) -> Self {
        self.records(&step("appeal"))
    }

    #[track_caller]
    pub fn is_reopened(self) -> Self {
        self.records(&step("reopen"))
    }

    #[track_caller]
    pub fn is_prosecuted(self) -> Self {
        self.records(&step("prosecute"))
    }

    #[track_caller]
    pub fn ends_in_a_conviction(self) -> Self {
        self.records(&step("convict"))
    }

    #[track_caller]
    pub fn is_withdrawn(self) -> Self {
        self.records(&step("withdraw"))
    }

    #[track_caller]
    pub fn has_a_visit_requested(self) -> Self {
        self.records(&step("request_visit"))
    }

    /// The refused request is made once more, this time in writing and signed.
    #[track_caller]
    pub fn has_the_visit_requested_again(self, refused: &str) -> Self {
        self.records(&step("request_visit").with("renews", refused).with("evidence", "written_and_signed"))
    }

    #[track_caller]
    pub fn has_the_visit_refused_for_want_of_written_evidence(self) -> Self {
        self.records(&step("refuse_visit"))
    }

    #[track_caller]
    pub fn has_the_visit_approved(self) -> Self {
        self.records(&step("approve_visit"))
    }

    #[track_caller]
    pub fn is_visited(self) -> Self {
        self.records(&step("carry_out_visit"))
    }
}
