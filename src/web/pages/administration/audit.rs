//! The audit log, searched in plain words, and proved whole.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::entry::{Choice, Control, Entry, EntryForm};
use super::typed::{Sent, Typed};
use super::{form_token, frame_of};
use crate::audit::{AuditAction, AuditRecord, Broken, Outcome, Verified};
use crate::domain::field::{FieldError, FieldProblem};
use crate::domain::time::PartialTime;
use crate::domain::zone::Zone;
use crate::i18n::{self, Language, labels, text};
use crate::services::{AuditFilter, Caller, ServiceError, Services};
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;
use crate::web::pages::frame::Frame;
use crate::web::pages::{html, refuse, show};

/// How many records stand on a page.
const PAGE: u16 = 50;

/// What a search is made of, and where a page of it begins.
const ASKED: [&str; 7] = ["action", "outcome", "actor", "subject", "from", "to", "before"];

#[derive(Template)]
#[template(path = "administration/audit.html")]
struct AuditPage {
    frame: Frame,
    form: EntryForm,
    form_token: String,
    records: Vec<Line>,
    /// What the form for the next page sends: the search, and from where on.
    next: Option<Vec<(String, String)>>,
}

#[derive(Template)]
#[template(path = "administration/verdict.html")]
struct VerdictPage {
    frame: Frame,
    whole: bool,
    said: String,
    hash: Option<String>,
}

struct Line {
    sequence: i64,
    time: String,
    who: String,
    what: String,
    /// How it ended, where it was not simply done.
    outcome: Option<String>,
    subject: String,
    details: String,
}

/// What was asked for.
struct Search {
    actor: String,
    subject: String,
    filter: AuditFilter,
    before: Option<i64>,
}

fn form(language: Language) -> EntryForm {
    let say = |key: &str| text(language, key, &[]);
    let any = || Choice::new("", say("audit-any"));
    let options = |family: &'static str, words: &'static [&'static str]| {
        let mut named: Vec<Choice> =
            words.iter().map(|word| Choice::new(*word, labels::label(language, family, word))).collect();
        named.sort_by(|one, other| one.label.cmp(&other.label));
        std::iter::once(any()).chain(named).collect::<Vec<_>>()
    };
    EntryForm::new(
        "search",
        vec![
            Entry::choice("action", say("audit-action"), options("audit-action", AuditAction::WORDS)),
            Entry::choice("outcome", say("audit-outcome"), options("audit-outcome", Outcome::WORDS)),
            Entry::text("actor", say("audit-who")).with_hint(say("audit-who-hint")),
            Entry::text("subject", say("audit-subject")).with_hint(say("audit-subject-hint")),
            Entry::day("from", say("audit-from")),
            Entry::day("to", say("audit-to")),
        ],
    )
}

impl Search {
    /// Reads what was typed; every field that is wrong is named.
    fn read(typed: &Typed, language: Language) -> Result<Self, Problem> {
        let mut errors = Vec::new();
        let mut refuse = |field: &str, problem| errors.push(FieldError { field: field.to_owned(), problem });
        let zone = Zone::default();
        let mut day = |name: &str| {
            let day: Option<chrono::NaiveDate> = typed.get(name).parse().ok();
            if day.is_none() && !typed.get(name).is_empty() {
                refuse(name, FieldProblem::NotATime);
            }
            day
        };
        let (from, to) = (day("from"), day("to"));
        let filter = AuditFilter {
            actor: None,
            organisation: None,
            action: AuditAction::named(typed.get("action")),
            outcome: Outcome::named(typed.get("outcome")),
            subject: None,
            from: from.map(|day| zone.start_of(day)),
            to: to.and_then(|day| day.succ_opt()).map(|day| zone.start_of(day)),
        };
        let (actor, subject) = (typed.get("actor").to_lowercase(), typed.get("subject").to_owned());
        let before = typed.get("before").parse().ok();
        if errors.is_empty() {
            Ok(Self { actor, subject, filter, before })
        } else {
            Err(Problem::invalid(&errors, language))
        }
    }
}

/// Searches. That it was done is written to the log.
///
/// # Errors
/// 403 where it is not one's role.
pub async fn page(desk: Desk, query: web::Query<Vec<(String, String)>>) -> Result<HttpResponse, Problem> {
    let desk = desk.writing();
    let language = desk.language;
    let (_, typed) = Typed::take(desk.clone(), web::Form(query.into_inner()));
    let form = form(language).filled(&typed);
    let search = match Search::read(&typed, language) {
        Ok(search) => search,
        Err(problem) => return refused(&desk, form, &problem).await,
    };
    let token = desk.form_token();
    let found = desk
        .run(move |services, caller| {
            let frame = Frame::of(services, caller, language, token)?;
            Ok((find(services, caller, &search, language)?, frame))
        })
        .await;
    let ((records, last), frame) = match found {
        Ok(found) => found,
        Err(problem) if problem.word() == "invalid_input" => return refused(&desk, form, &problem).await,
        Err(problem) => return Err(problem),
    };
    let next = last.map(|last| {
        let is_kept = |name: &str| name != "before" && ASKED.contains(&name);
        let kept = typed.fields().iter().filter(|(name, value)| is_kept(name) && !value.is_empty());
        kept.cloned().chain([("before".to_owned(), last.to_string())]).collect()
    });
    let asked = typed.fields().iter().filter(|(name, _)| ASKED.contains(&name.as_str())).cloned();
    let frame = frame.keeping(&asked.collect::<Vec<_>>());
    show(&AuditPage { form_token: form_token(&frame), frame, form, records, next }, language)
}

async fn refused(desk: &Desk, form: EntryForm, problem: &Problem) -> Result<HttpResponse, Problem> {
    let frame = frame_of(desk).await?;
    let page = AuditPage {
        form_token: form_token(&frame),
        frame,
        form: form.blamed(problem, desk.language),
        records: Vec::new(),
        next: None,
    };
    Ok(refuse(problem, html(&page, desk.language)?))
}

/// The records of a page, and the number of the last one where there may be more.
fn find(
    services: &Services,
    caller: &Caller,
    search: &Search,
    language: Language,
) -> Result<(Vec<Line>, Option<i64>), ServiceError> {
    let mut filter = search.filter.clone();
    let wrong = |field: &str| {
        ServiceError::Invalid(vec![FieldError { field: field.to_owned(), problem: FieldProblem::Unreadable }])
    };
    if !search.actor.is_empty() {
        let known = services.audit_member(caller, &search.actor)?;
        filter.actor = Some(known.or_else(|| search.actor.parse().ok()).ok_or_else(|| wrong("actor"))?);
    }
    if !search.subject.is_empty() {
        filter.subject = Some(match services.audit_member(caller, &search.subject)? {
            Some(member) => member.to_string(),
            None => services.audit_subject(caller, &search.subject).map_err(|error| match error {
                ServiceError::NotFound => wrong("subject"),
                other => other,
            })?,
        });
    }
    let records = services.search_audit(caller, &filter, search.before, PAGE)?;
    let last = records.last().filter(|_| records.len() == usize::from(PAGE)).map(|record| record.sequence);
    let names = services.audit_names(caller, &records)?;
    let references = services.audit_references(caller, &records)?;
    let name = |id: &str| {
        let member = id.parse().ok().and_then(|member| names.get(&member).cloned());
        let reference = || id.parse().ok().and_then(|case| references.get(&case).map(ToString::to_string));
        member.or_else(reference).unwrap_or_else(|| id.to_owned())
    };
    Ok((records.into_iter().map(|record| line(record, language, name)).collect(), last))
}

fn line(AuditRecord { sequence, entry }: AuditRecord, language: Language, name: impl Fn(&str) -> String) -> Line {
    let label = |family, word| labels::label(language, family, word);
    let purpose = entry.purpose.map(|purpose| label("audit-purpose", purpose.as_str()));
    let details = entry.details.iter().map(|(name, detail)| format!("{name}: {detail}"));
    Line {
        sequence,
        time: i18n::time(language, PartialTime::minute(entry.recorded_at), Zone::default()),
        who: entry.actor.map_or_else(|| text(language, "audit-nobody", &[]), |actor| name(&actor.to_string())),
        what: label("audit-action", entry.action.as_str()),
        outcome: (entry.outcome != Outcome::Done).then(|| label("audit-outcome", entry.outcome.as_str())),
        subject: entry.subject.map_or_else(String::new, |subject| {
            format!("{} {}", label("audit-subject-kind", subject.kind.as_str()), name(subject.id.as_str()))
        }),
        details: purpose.into_iter().chain(details).collect::<Vec<_>>().join("; "),
    }
}

/// Reads the whole log and says whether it is whole.
///
/// # Errors
/// 403 where it is not one's affair, or the form is not of this session.
pub async fn verify(desk: Desk, sent: Sent) -> Result<HttpResponse, Problem> {
    let (desk, _) = Typed::take(desk, sent);
    let language = desk.language;
    let verdict = desk.run(|services, caller| services.verify_audit(caller, &[], |_, _| {})).await?;
    let frame = frame_of(&desk).await?;
    show(&VerdictPage::of(frame, &verdict), language)
}

impl VerdictPage {
    fn of(frame: Frame, verdict: &Result<Verified, Broken>) -> Self {
        let language = frame.language;
        match verdict {
            Ok(verified) => {
                let counts = [("records", verified.records.into()), ("vouched", verified.vouched_until.into())];
                let hash = Some(verified.last_hash.to_string());
                Self { said: text(language, "verdict-whole", &counts), whole: true, hash, frame }
            }
            Err(broken) => {
                let fault = labels::label(language, "audit-fault", broken.fault.as_str());
                let args = [("record", broken.sequence.into()), ("fault", fault.into())];
                Self { said: text(language, "verdict-broken", &args), whole: false, hash: None, frame }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{Purpose, SubjectKind};

    #[test]
    fn every_word_of_the_log_has_a_label_in_every_language() {
        let faults =
            ["missing", "repeated", "unreadable", "previous_hash", "content", "not_as_signed", "cut_off"].as_slice();
        for (family, words) in [
            ("audit-action", AuditAction::WORDS),
            ("audit-outcome", Outcome::WORDS),
            ("audit-subject-kind", SubjectKind::WORDS),
            ("audit-purpose", Purpose::WORDS),
            ("audit-fault", faults),
        ] {
            for (word, language) in words.iter().flat_map(|word| Language::ALL.iter().map(move |one| (word, *one))) {
                assert_ne!(labels::label(language, family, word), *word, "{family} {word} in {language:?}");
            }
        }
    }
}
