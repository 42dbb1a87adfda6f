//! Complaints and steps as forms that are filled in field by field.

use serde_json::{Map, Value, json};

/// A form on its way to the API.
#[derive(Clone, Debug)]
pub struct Form(Map<String, Value>);

/// A complaint with everything that it must carry, filed on 1 June 2026.
pub fn a_complaint() -> Form {
    Form::new("channel", "hotline")
        .with("occurred_at", "2026-06-01")
        .with("allegation", "Дәлізде ұрды, адвокат жібермеді")
}

/// The filing as a correction tells it.
pub fn the_filing() -> Form {
    a_complaint().with("kind", "file")
}

/// A step or a fact of a kind, with what such a one usually carries.
pub fn step(kind: &str) -> Form {
    let usual = match kind {
        "file" => return the_filing(),
        "route" => json!({"receiving_body": "internal_security_mvd"}),
        "open_investigation" => json!({"investigating_body": "prosecutor_special"}),
        "dismiss" => json!({"deciding_body": "internal_security_mvd", "ground": "unfounded"}),
        "appeal" => json!({"to_body": "prosecutor_general"}),
        "uphold_dismissal" | "reopen" => json!({"deciding_body": "prosecutor_general"}),
        "prosecute" => json!({"prosecuting_body": "prosecutor_special", "charge": "cc2014_146_torture"}),
        "discontinue" | "acquit" | "convict" => json!({"deciding_body": "court_district"}),
        "withdraw" => json!({"pressure_alleged": "yes"}),
        "request_visit" => json!({
            "place": "sizo_almaty",
            "kind_of_place": "pre_trial_detention",
            "evidence": "oral",
            "urgency": "Денесіндегі іздер кетіп қалады",
        }),
        "approve_visit" => json!({"approving_body": "ombudsman"}),
        "refuse_visit" => json!({"refusing_body": "ombudsman", "ground": "no_written_evidence"}),
        "carry_out_visit" => {
            json!({"announced": "no", "private_interview": "yes", "findings": "Гематомы на спине и плечах"})
        }
        "deny_access" => json!({"denied_by": "kuis"}),
        "cancel_visit" => json!({"reason": "The person was moved to us"}),
        "lapse_visit" => json!({"reason": "released"}),
        "person" => json!({"part": "alleged_victim", "name": "Мысалов Үлгі"}),
        "learn_of_allegation" => json!({}),
        "safeguard" => json!({"safeguard": "access_to_lawyer"}),
        "medical_examination" => json!({"consistency": "highly_consistent", "independent": "yes"}),
        "reprisal" => json!({"reprisal": "threat"}),
        "court_motion" => json!({"fate": "pending"}),
        "reparation_claim" => json!({"route": "civil_claim", "fate": "pending"}),
        "expulsion_proceeding" => {
            json!({"expulsion": "extradition", "risk_argued": "yes", "risk_examined": "no", "fate": "pending"})
        }
        "custody_incident" => json!({"incident": "self_harm", "independent_inquiry": "no"}),
        "end_of_follow_up" => json!({"reason": "contact_lost"}),
        "note" => json!({"text": "Туыстарына хабарланды"}),
        other => panic!("no usual form of {other}"),
    };
    let Value::Object(fields) = usual else { unreachable!() };
    Form(fields).with("kind", kind)
}

impl Form {
    pub fn new(field: &str, value: impl Into<Value>) -> Self {
        Self(Map::new()).with(field, value)
    }

    pub fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.0.insert(field.to_owned(), value.into());
        self
    }

    pub fn without(mut self, field: &str) -> Self {
        self.0.remove(field);
        self
    }

    /// When it happened.
    pub fn on(self, time: &str) -> Self {
        self.with("occurred_at", time)
    }

    pub fn body(&self) -> Value {
        Value::Object(self.0.clone())
    }
}
