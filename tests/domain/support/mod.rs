//! Builders for the tests of the domain: cases told in words.
//!
//! What happened is told by its kind and, where it matters, some fields of it:
//! `"route"`, `"safeguard safeguard=registration"`, `"request_visit approval=not_required renews=3"`.
//! Several codes in one field are joined by `+`.
//! Events are numbered from 1 in the order in which they are recorded; the number is the id.

#![allow(dead_code, reason = "every test file uses its own part of this")]

pub mod model;
pub mod walks;

use aiqyn::domain::case::Case;
use aiqyn::domain::event::{Entry, Event, Happening, HappeningKind};
use aiqyn::domain::id::{ActorId, Author, EventId, OrganisationId};
use aiqyn::domain::milestone::Milestones;
use aiqyn::domain::refusal::Refusal;
use aiqyn::domain::sealed::Sealed;
use aiqyn::domain::time::{PartialTime, Zone};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value, json};
use uuid::Uuid;

pub fn zone() -> Zone {
    Zone::default()
}

/// A time as it is typed.
pub fn at(text: &str) -> PartialTime {
    PartialTime::parse(text, zone()).unwrap_or_else(|problem| panic!("{text}: {problem}"))
}

/// The id of the event with a number.
pub fn id(number: u128) -> EventId {
    EventId(Uuid::from_u128(number))
}

/// When the event with a number is recorded: long after everything that the tests tell of.
pub fn recorded_at(number: u128) -> DateTime<Utc> {
    let start: DateTime<Utc> = "2150-01-01T00:00:00Z".parse().unwrap();
    start + TimeDelta::minutes(i64::try_from(number).unwrap())
}

/// What happened, in words.
pub fn happening(told: &str) -> Happening {
    let mut words = told.split(' ');
    let kind = words.next().and_then(HappeningKind::named).unwrap_or_else(|| panic!("no kind of event: {told}"));
    let mut payload = usual_payload(kind.as_str());
    for word in words {
        let (field, value) = word.split_once('=').unwrap_or_else(|| panic!("no field=value: {word}"));
        assert!(kind.fields().iter().any(|spec| spec.name == field), "{kind} has no field {field}");
        payload.insert(field.to_owned(), field_value(field, value));
    }
    kind.from_payload(&Value::Object(payload).to_string()).unwrap_or_else(|problem| panic!("{told}: {problem}"))
}

fn field_value(field: &str, value: &str) -> Value {
    match field {
        "renews" | "about" => json!(id(value.parse().unwrap())),
        "forms" | "purposes" => json!(value.split('+').collect::<Vec<_>>()),
        _ => json!(value),
    }
}

fn usual_payload(kind: &str) -> Map<String, Value> {
    let payload = match kind {
        "file" => json!({"channel": "hotline", "allegation": "sealed"}),
        "route" => json!({"receiving_body": "internal_security"}),
        "open_investigation" => json!({"investigating_body": "prosecutor"}),
        "dismiss" => json!({"deciding_body": "internal_security", "ground": "unfounded"}),
        "appeal" => json!({"to_body": "court"}),
        "uphold_dismissal" | "reopen" | "discontinue" | "acquit" | "convict" => json!({"deciding_body": "court"}),
        "prosecute" => json!({"prosecuting_body": "prosecutor", "charge": "art_146"}),
        "withdraw" => json!({"pressure_alleged": "unknown"}),
        "request_visit" => json!({"kind_of_place": "prison", "evidence": "oral", "urgency": "sealed"}),
        "approve_visit" => json!({"approving_body": "ombudsman"}),
        "refuse_visit" => json!({"ground": "mere_suspicion"}),
        "carry_out_visit" => json!({"announced": "no", "private_interview": "yes", "findings": "sealed"}),
        "deny_access" => json!({"denied_by": "prison_service"}),
        "cancel_visit" => json!({"reason": "sealed"}),
        "lapse_visit" => json!({"reason": "released"}),
        "person" => json!({"part": "witness"}),
        "safeguard" => json!({"safeguard": "registration"}),
        "medical_examination" => json!({"consistency": "typical_of", "independent": "yes"}),
        "reprisal" => json!({"reprisal": "threat"}),
        "court_motion" => json!({"fate": "pending"}),
        "reparation_claim" => json!({"route": "civil_claim", "fate": "pending"}),
        "expulsion_proceeding" => {
            json!({"expulsion": "extradition", "risk_argued": "yes", "risk_examined": "no", "fate": "pending"})
        }
        "custody_incident" => json!({"incident": "death", "independent_inquiry": "no"}),
        "end_of_follow_up" => json!({"reason": "contact_lost"}),
        "note" => json!({"text": "sealed"}),
        _ => json!({}),
    };
    payload.as_object().cloned().unwrap()
}

/// An event with what it adds.
pub fn event_of(number: u128, entry: Entry, occurred_at: PartialTime) -> Event {
    let recorded_by = Author { actor: ActorId(Uuid::from_u128(1)), organisation: OrganisationId(Uuid::from_u128(2)) };
    Event { id: id(number), entry, occurred_at, recorded_at: recorded_at(number), recorded_by }
}

/// Something that happened.
pub fn event(number: u128, told: &str, when: &str) -> Event {
    event_of(number, Entry::New(happening(told)), at(when))
}

/// An earlier event, told otherwise.
pub fn correction(number: u128, corrects: EventId, instead: Option<Happening>, occurred_at: PartialTime) -> Event {
    let why = Sealed::from_envelope("sealed".to_owned());
    event_of(number, Entry::Correction { corrects, why, instead }, occurred_at)
}

/// A list of events, recorded in this order.
pub fn history(told: &[(&str, &str)]) -> Vec<Event> {
    (1..).zip(told).map(|(number, (told, when))| event(number, told, when)).collect()
}

/// The case that a list of events makes.
pub fn replay(events: Vec<Event>) -> Result<Case, Refusal> {
    Case::replay(zone(), events)
}

/// A case with this history.
pub fn case(told: &[(&str, &str)]) -> Case {
    replay(history(told)).unwrap_or_else(|refusal| panic!("{told:?}: {refusal}"))
}

/// A case that has been filed and no more.
pub fn filed(when: &str) -> Case {
    case(&[("file", when)])
}

/// What the tests do to a case.
pub trait CaseInWords: Sized {
    /// One more event that is known to fit.
    fn then(&self, told: &str, when: &str) -> Self;
    /// One more event that may be refused.
    fn try_then(&self, told: &str, when: &str) -> Result<Self, Refusal>;
    /// The event with this number was in truth another.
    fn correct(&self, number: u128, instead: &str, when: &str) -> Result<Self, Refusal>;
    /// The event with this number never happened.
    fn retract(&self, number: u128) -> Result<Self, Refusal>;
    /// Where the investigation, the visit and the headline stand, in words.
    fn stands(&self) -> (&'static str, &'static str, &'static str);
    /// The kinds of its steps, in the order in which they happened.
    fn told(&self) -> Vec<&'static str>;
}

impl CaseInWords for Case {
    fn then(&self, told: &str, when: &str) -> Self {
        self.try_then(told, when).unwrap_or_else(|refusal| panic!("{told} {when}: {refusal}"))
    }

    fn try_then(&self, told: &str, when: &str) -> Result<Self, Refusal> {
        self.record(event(next_number(self), told, when))
    }

    fn correct(&self, number: u128, instead: &str, when: &str) -> Result<Self, Refusal> {
        self.record(correction(next_number(self), id(number), Some(happening(instead)), at(when)))
    }

    fn retract(&self, number: u128) -> Result<Self, Refusal> {
        let occurred_at = self.events().iter().find(|event| event.id == id(number)).map(|event| event.occurred_at);
        self.record(correction(next_number(self), id(number), None, occurred_at.unwrap()))
    }

    fn stands(&self) -> (&'static str, &'static str, &'static str) {
        let position = self.position();
        (position.investigation.as_str(), position.visit.as_str(), self.stage().as_str())
    }

    fn told(&self) -> Vec<&'static str> {
        self.steps().filter_map(|event| event.entry.happening()).map(|happening| happening.kind().as_str()).collect()
    }
}

fn next_number(case: &Case) -> u128 {
    u128::try_from(case.events().len()).unwrap() + 1
}

/// The words of some kinds.
pub fn words(kinds: &[HappeningKind]) -> Vec<&'static str> {
    kinds.iter().map(|kind| kind.as_str()).collect()
}

/// Everything that must not depend on how a history was recorded.
pub fn gist(case: &Case) -> impl PartialEq + std::fmt::Debug + use<> {
    (case.position(), Milestones::of(case), case.visits().to_vec())
}
