//! What is wrong, and what would mend it, in words: a field, a step that is refused, a request to
//! the API that fails.

use fluent_templates::fluent_bundle::FluentValue;

use super::{Language, day, labels, text, time_in_zone};
use crate::domain::case::{MOST_EVENTS, MOST_STEPS};
use crate::domain::event::HappeningKind;
use crate::domain::field::{FieldError, FieldProblem};
use crate::domain::order::Position;
use crate::domain::refusal::Refusal;
use crate::domain::time::Zone;

/// The problems that the HTTP API answers with, by the last part of their type.
pub const PROBLEMS: &[&str] = &[
    "not_found",
    "illegal_step",
    "stale_version",
    "invalid_input",
    "malformed",
    "conflict",
    "idempotency_reused",
    "unavailable",
    "unsettled",
    "storage_full",
    "read_only",
    "internal",
    "version_required",
    "too_large",
    "address_too_long",
    "headers_too_large",
    "document_too_large",
    "range_not_satisfiable",
    "timed_out",
    "cannot_strip_pdf",
    "cannot_strip_office_document",
    "cannot_strip_recording",
    "cannot_strip_other_picture",
    "cannot_strip_archive",
    "cannot_strip_unknown",
    "cannot_strip_too_large",
    "cannot_strip_damaged",
    "unsupported_media_type",
    "method_not_allowed",
    "not_signed_in",
    "forbidden",
    "out_of_scope",
    "proof_needed",
    "session_ended",
    "wrong_credentials",
    "too_many_attempts",
    "no_key",
    "erased",
    "form_token",
    "sealed_text_refused",
    "foreign_request",
    "insecure_connection",
];

/// A problem of the HTTP API in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProblemText {
    /// What it is called.
    pub title: String,
    /// What it means and what to do about it.
    pub detail: String,
}

/// A problem of the HTTP API, by its word in [`PROBLEMS`].
#[must_use]
pub fn problem(language: Language, word: &str) -> ProblemText {
    let key = format!("problem-{}", word.replace('_', "-"));
    ProblemText { title: text(language, &key, &[]), detail: text(language, &format!("{key}.detail"), &[]) }
}

/// What is wrong with a field, wherever it stands.
#[must_use]
pub fn explain_field(language: Language, error: &FieldError) -> String {
    explain_problem(language, &labels::field(language, &error.field), &error.problem)
}

/// What is wrong with a field in the form of a kind of happening.
#[must_use]
pub fn explain_field_of(language: Language, kind: HappeningKind, error: &FieldError) -> String {
    explain_problem(language, &labels::field_of(language, kind, &error.field), &error.problem)
}

/// That what was typed is no day, as a page says it: the general words name the form in which a program writes times.
#[must_use]
pub fn explain_no_day(language: Language, label: &str) -> String {
    text(language, "page-not-a-day", &[("field", label.into())])
}

/// What is wrong with a field that a page calls by a name of its own.
#[must_use]
pub fn explain_problem(language: Language, label: &str, problem: &FieldProblem) -> String {
    let say = |key: &str, more: Vec<(&'static str, FluentValue<'_>)>| {
        let args: Vec<_> = std::iter::once(("field", label.into())).chain(more).collect();
        text(language, key, &args)
    };
    match problem {
        FieldProblem::Missing => say("input-missing", vec![]),
        FieldProblem::Unknown => say("input-unknown", vec![]),
        FieldProblem::NotSingle => say("input-not-single", vec![]),
        FieldProblem::UnknownCode { list } => {
            say("input-unknown-code", vec![("list", labels::of(language, *list).into())])
        }
        FieldProblem::CodeNotValidOn { list, day: on } => say(
            "input-code-not-valid-on",
            vec![("list", labels::of(language, *list).into()), ("day", day(language, *on).into())],
        ),
        FieldProblem::NotOneOf { options } => {
            say("input-not-one-of", vec![("options", words_with_labels(language, options).into())])
        }
        FieldProblem::NotATime => say("input-not-a-time", vec![]),
        FieldProblem::SkippedTime => say("input-skipped-time", vec![]),
        FieldProblem::TimeOutOfRange => say("input-time-out-of-range", vec![]),
        FieldProblem::InTheFuture => say("input-in-the-future", vec![]),
        FieldProblem::EndsBeforeItBegins => say("input-ends-before-it-begins", vec![]),
        FieldProblem::InThePast => say("input-in-the-past", vec![]),
        FieldProblem::NotACode => say("input-not-a-code", vec![]),
        FieldProblem::SinglesOut => say("input-singles-out", vec![]),
        FieldProblem::EmptyText => say("input-empty-text", vec![]),
        FieldProblem::TooLong { max } => say("input-too-long", vec![("max", (*max).into())]),
        FieldProblem::ControlCharacter => say("input-control-character", vec![]),
        FieldProblem::NotAnEvent => say("input-not-an-event", vec![]),
        FieldProblem::UnknownKind => say("input-unknown-kind", vec![]),
        FieldProblem::NotATimeZone => say("input-not-a-time-zone", vec![]),
        FieldProblem::NotInRange { min, max } => {
            say("input-not-in-range", vec![("min", (*min).into()), ("max", (*max).into())])
        }
        FieldProblem::TooMany { max } => say("input-too-many", vec![("max", (*max).into())]),
        FieldProblem::Unreadable => say("input-unreadable", vec![]),
        FieldProblem::Taken => say("input-taken", vec![]),
        FieldProblem::NotALogin => say("input-not-a-login", vec![]),
        FieldProblem::PasswordTooShort { min } => say("input-password-too-short", vec![("min", (*min).into())]),
        FieldProblem::PasswordGuessable => say("input-password-guessable", vec![]),
        FieldProblem::WrongRecoveryKey => say("input-wrong-recovery-key", vec![]),
        FieldProblem::NotAName => say("input-not-a-name", vec![]),
        FieldProblem::NotAnOrganisation => say("input-not-an-organisation", vec![]),
    }
}

/// The words that may be sent, each with what it means: whoever picks from a form never meets this.
fn words_with_labels(language: Language, words: &'static [&'static str]) -> String {
    let described = labels::options(language, words).into_iter().map(|(word, label)| format!("{word} ({label})"));
    described.collect::<Vec<_>>().join(", ")
}

/// Why a step is refused, where the case stands, and what may be done instead. Times are shown in
/// the zone of the case.
#[must_use]
pub fn explain_refusal(language: Language, refusal: &Refusal, zone: Zone) -> String {
    let say = |key: &str, args: &[(&str, FluentValue<'_>)]| text(language, key, args);
    match refusal {
        Refusal::NotFiled => say("refusal-not-filed", &[]),
        Refusal::IllegalStep { step, occurred_at, position, permitted } => {
            let at = time_in_zone(language, *occurred_at, zone);
            let step = labels::of(language, *step);
            let what = say("refusal-illegal-step", &[("step", step.into()), ("at", at.into())]);
            format!("{what} {}", standing(language, *position, permitted))
        }
        Refusal::BreaksLaterStep { later, later_at, position, permitted } => {
            let at = time_in_zone(language, *later_at, zone);
            let step = labels::of(language, *later);
            let what = say("refusal-breaks-later-step", &[("step", step.into()), ("at", at.into())]);
            format!("{what} {}", standing(language, *position, permitted))
        }
        Refusal::OrderUnclear => say("refusal-order-unclear", &[]),
        Refusal::InTheFuture => say("refusal-in-the-future", &[]),
        Refusal::UnknownEvent { field, event } => {
            let field = labels::field(language, field);
            say("refusal-unknown-event", &[("field", field.into()), ("event", event.to_string().into())])
        }
        Refusal::AlreadyRecorded { event } => say("refusal-already-recorded", &[("event", event.to_string().into())]),
        Refusal::AlreadyCorrected { event, by } => {
            say("refusal-already-corrected", &[("event", event.to_string().into()), ("by", by.to_string().into())])
        }
        Refusal::FilingRetracted => say("refusal-filing-retracted", &[]),
        Refusal::NotARefusedRequest => say("refusal-not-a-refused-request", &[]),
        Refusal::TooMany => say("refusal-too-many", &[("events", MOST_EVENTS.into()), ("steps", MOST_STEPS.into())]),
    }
}

/// Where both regions stand at that time, and the steps that are legal there.
fn standing(language: Language, position: Position, permitted: &[HappeningKind]) -> String {
    let quoted = |step: &HappeningKind| text(language, "quoted", &[("text", labels::of(language, *step).into())]);
    let steps: Vec<String> = permitted.iter().map(quoted).collect();
    text(
        language,
        "refusal-standing",
        &[
            ("investigation", labels::of(language, position.investigation).into()),
            ("visit", labels::of(language, position.visit).into()),
            ("count", permitted.len().into()),
            ("steps", steps.join(", ").into()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::code::ListName;
    use crate::domain::complaint::Answer;
    use crate::domain::id::EventId;
    use crate::domain::investigation::InvestigationStepKind;
    use crate::domain::order::Step;
    use crate::domain::time::PartialTime;
    use crate::domain::visit::Approval;
    use crate::i18n::texts::assert_whole;

    /// Every variant once; a new one fails to compile in `explain_problem` first.
    fn field_problems() -> Vec<FieldProblem> {
        vec![
            FieldProblem::Missing,
            FieldProblem::Unknown,
            FieldProblem::NotSingle,
            FieldProblem::UnknownCode { list: ListName::Agency },
            FieldProblem::CodeNotValidOn { list: ListName::Region, day: "2018-06-19".parse().unwrap() },
            FieldProblem::NotOneOf { options: Answer::WORDS },
            FieldProblem::NotATime,
            FieldProblem::SkippedTime,
            FieldProblem::TimeOutOfRange,
            FieldProblem::InTheFuture,
            FieldProblem::EndsBeforeItBegins,
            FieldProblem::SinglesOut,
            FieldProblem::EmptyText,
            FieldProblem::TooLong { max: 50_000 },
            FieldProblem::ControlCharacter,
            FieldProblem::NotAnEvent,
            FieldProblem::UnknownKind,
            FieldProblem::NotATimeZone,
            FieldProblem::NotInRange { min: 1, max: 200 },
            FieldProblem::TooMany { max: 50 },
            FieldProblem::Unreadable,
        ]
    }

    fn route() -> HappeningKind {
        HappeningKind::Investigation(InvestigationStepKind::Route)
    }

    fn dismissed() -> Position {
        [InvestigationStepKind::File, InvestigationStepKind::Dismiss]
            .map(|kind| Step { kind: HappeningKind::Investigation(kind), approval: Approval::Required })
            .into_iter()
            .try_fold(Position::START, Position::after)
            .unwrap()
    }

    fn at(text: &str) -> PartialTime {
        PartialTime::parse(text, Zone::default()).unwrap()
    }

    fn refusals() -> Vec<Refusal> {
        let event: EventId = "0190d1f0-0000-7000-8000-000000000001".parse().unwrap();
        let by: EventId = "0190d1f0-0000-7000-8000-000000000002".parse().unwrap();
        let position = dismissed();
        let permitted = position.permitted();
        vec![
            Refusal::NotFiled,
            Refusal::IllegalStep {
                step: route(),
                occurred_at: at("2024-03-04T10:20Z"),
                position,
                permitted: permitted.clone(),
            },
            Refusal::IllegalStep { step: route(), occurred_at: at("2024-03"), position, permitted: vec![] },
            Refusal::BreaksLaterStep { later: route(), later_at: at("2024-03-04"), position, permitted },
            Refusal::BreaksLaterStep { later: route(), later_at: at("2024-03"), position, permitted: vec![route()] },
            Refusal::OrderUnclear,
            Refusal::InTheFuture,
            Refusal::UnknownEvent { field: "renews", event },
            Refusal::UnknownEvent { field: "corrects", event },
            Refusal::AlreadyRecorded { event },
            Refusal::AlreadyCorrected { event, by },
            Refusal::FilingRetracted,
            Refusal::NotARefusedRequest,
            Refusal::TooMany,
        ]
    }

    #[test]
    fn every_field_problem_is_explained_with_the_name_of_its_field() {
        for language in Language::ALL {
            for problem in field_problems() {
                let error = FieldError { field: "deciding_body".to_owned(), problem };
                let said = explain_field(*language, &error);
                assert_whole(&said);
                assert!(said.contains(&labels::field(*language, "deciding_body")), "{said}");
            }
        }
    }

    #[test]
    fn every_refusal_is_explained() {
        for language in Language::ALL {
            for refusal in refusals() {
                assert_whole(&explain_refusal(*language, &refusal, Zone::default()));
            }
        }
    }

    #[test]
    fn every_problem_of_the_api_has_a_title_and_a_detail() {
        for language in Language::ALL {
            for word in PROBLEMS {
                let said = problem(*language, word);
                assert_whole(&said.title);
                assert_whole(&said.detail);
            }
        }
    }

    #[test]
    fn an_illegal_step_names_the_states_and_the_steps_that_are_legal() {
        let refusal = refusals().swap_remove(1);
        assert_eq!(
            explain_refusal(Language::En, &refusal, Zone::default()),
            "“Routing to internal security” (4 March 2024, 15:20, Asia/Almaty) is not possible at that point of the \
             case. There the investigation stands at “Dismissed” and the urgent visit at “Not requested”. Steps that \
             are possible there: “Appeal against the dismissal”, “Reopening of the investigation”, “Request for an \
             urgent visit”."
        );
    }

    #[test]
    fn a_choice_is_explained_by_its_words_and_what_they_mean() {
        let error =
            FieldError { field: "announced".to_owned(), problem: FieldProblem::NotOneOf { options: Answer::WORDS } };
        assert_eq!(
            explain_field(Language::Ru, &error),
            "В поле «Было ли посещение объявлено заранее» может стоять одно из слов: yes (Да), no (Нет), unknown \
             (Неизвестно)."
        );
    }

    #[test]
    fn a_form_names_its_field_as_its_own_label_does() {
        let error = FieldError { field: "forms".to_owned(), problem: FieldProblem::Missing };
        let file = HappeningKind::Investigation(InvestigationStepKind::File);
        assert!(explain_field_of(Language::En, file, &error).contains("Forms of ill-treatment"));
    }
}
