//! Deadlines and escalation levels: what holds, since when and on what ground, and adding to it.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::entry::{Choice, Control, Entry, EntryForm};
use super::typed::{Sent, Typed};
use super::{form_token, kept};
use crate::domain::code::{CodeLists, ListName};
use crate::domain::deadline::{AwaitedStep, Basis};
use crate::domain::escalation::EscalationLevel;
use crate::domain::zone::Zone;
use crate::i18n::{self, Language, labels, text};
use crate::services::{Caller, DeadlineRecord, ServiceError, Services};
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;
use crate::web::pages::frame::Frame;
use crate::web::pages::{go_to, html, refuse, show};

#[derive(Template)]
#[template(path = "administration/deadlines.html")]
struct DeadlinesPage {
    frame: Frame,
    form_token: String,
    done: bool,
    rules: Vec<RuleLine>,
    past: Vec<RuleLine>,
    levels: Vec<LevelLine>,
    /// The forms, for whoever may change something.
    forms: Option<Forms>,
}

struct Forms {
    rule: Part,
    level: Part,
}

/// One form of several on the page; the template for fields knows it as `form`.
struct Part {
    form: EntryForm,
}

struct RuleLine {
    step: String,
    kind_of_place: String,
    hours: String,
    holds: String,
    basis: String,
    source: String,
}

struct LevelLine {
    step: String,
    kind_of_place: String,
    level: u8,
    after: String,
    told: String,
}

/// Why somebody comes to the page.
#[derive(Deserialize)]
pub struct Arrival {
    done: Option<String>,
}

fn kind_label(lists: &CodeLists, code: Option<&str>, language: Language) -> String {
    let Some(code) = code else { return text(language, "deadlines-any-place", &[]) };
    let entry = lists.entries(ListName::KindOfPlace).filter(|entry| entry.code.as_str() == code).last();
    entry.map_or_else(|| code.to_owned(), |entry| labels::entry(language, entry).to_owned())
}

fn choices(lists: &CodeLists, list: ListName, language: Language, today: chrono::NaiveDate) -> Vec<Choice> {
    let valid = lists.entries(list).filter(|entry| entry.is_valid_on(today));
    valid.map(|entry| Choice::new(entry.code.as_str(), labels::entry(language, entry).to_owned())).collect()
}

fn steps(language: Language) -> Vec<Choice> {
    AwaitedStep::ALL.iter().map(|step| Choice::new(step.as_str(), labels::of(language, *step))).collect()
}

/// A text in each language.
pub(super) fn in_three_languages(language: Language, hint: Option<&str>) -> Vec<Entry> {
    let entry = |name: &'static str| {
        let entry = Entry::text(name, labels::field(language, name));
        match hint {
            Some(hint) => entry.with_hint(text(language, hint, &[])),
            None => entry,
        }
    };
    vec![entry("label_kk"), entry("label_ru"), entry("label_en")]
}

impl Forms {
    fn of(lists: &CodeLists, language: Language, today: chrono::NaiveDate) -> Self {
        let field = |name| labels::field(language, name);
        let say = |key: &str| text(language, key, &[]);
        let mut kinds = vec![Choice::new("", say("deadlines-any-place"))];
        kinds.extend(choices(lists, ListName::KindOfPlace, language, today));
        let kinds_again = kinds.iter().map(|kind| Choice::new(kind.value.clone(), kind.label.clone())).collect();
        let bases = Basis::ALL.iter().map(|basis| Choice::new(basis.as_str(), labels::of(language, *basis))).collect();
        let states = choices(lists, ListName::Jurisdiction, language, today);
        let mut rule = vec![
            Entry::choice("step", field("step"), steps(language)),
            Entry::choice("kind_of_place", field("kind_of_place"), kinds),
            Entry::choice("jurisdiction", field("jurisdiction"), states),
            Entry::number("hours", field("hours")),
            Entry::day("valid_from", field("valid_from")).with_hint(say("deadlines-from-hint")),
            Entry::choice("basis", field("basis"), bases),
        ];
        rule.extend(in_three_languages(language, Some("deadlines-source-hint")));
        let numbers = ["1", "2", "3"].map(|number| Choice::new(number, number.to_owned()));
        let mut level = vec![
            Entry::choice("step", field("step"), steps(language)),
            Entry::choice("kind_of_place", field("kind_of_place"), kinds_again),
            Entry::choice("level", field("level"), numbers.into()),
            Entry::number("after_hours", field("after_hours")),
        ];
        level.extend(in_three_languages(language, Some("deadlines-level-hint")));
        Self { rule: Part { form: EntryForm::new("rule", rule) }, level: Part { form: EntryForm::new("level", level) } }
    }
}

impl DeadlinesPage {
    fn of(services: &Services, caller: &Caller, frame: Frame) -> Result<Self, ServiceError> {
        let language = frame.language;
        let today = Zone::default().date_of(services.now());
        let lists = services.read_code_lists(caller)?;
        let line = |record: DeadlineRecord| {
            let rule = &record.rule;
            let day = |day: chrono::NaiveDate| i18n::day(language, day);
            let holds = match (rule.valid_from, rule.valid_to) {
                (None, None) => text(language, "holds-always", &[]),
                (Some(from), None) => text(language, "holds-from", &[("from", day(from).into())]),
                (None, Some(to)) => text(language, "holds-until", &[("to", day(to).into())]),
                (Some(from), Some(to)) => {
                    text(language, "holds-between", &[("from", day(from).into()), ("to", day(to).into())])
                }
            };
            RuleLine {
                step: labels::of(language, rule.step),
                kind_of_place: kind_label(&lists, rule.kind_of_place.as_ref().map(|kind| kind.as_str()), language),
                hours: text(language, "deadlines-hours", &[("count", rule.hours.into())]),
                holds,
                basis: labels::of(language, rule.basis),
                source: match language {
                    Language::Kk => record.source_kk,
                    Language::Ru => record.source_ru,
                    Language::En => record.source_en,
                },
            }
        };
        let (past, rules): (Vec<_>, Vec<_>) = services
            .deadline_records(caller)?
            .into_iter()
            .partition(|one| one.rule.valid_to.is_some_and(|to| to <= today));
        let level = |level: &EscalationLevel| LevelLine {
            step: labels::of(language, level.step),
            kind_of_place: kind_label(&lists, level.kind_of_place.as_ref().map(|kind| kind.as_str()), language),
            level: level.level,
            after: text(language, "deadlines-after", &[("count", level.after_hours.into())]),
            told: match language {
                Language::Kk => level.kk.clone(),
                Language::Ru => level.ru.clone(),
                Language::En => level.en.clone(),
            },
        };
        Ok(Self {
            form_token: form_token(&frame),
            done: false,
            rules: rules.into_iter().map(line).collect(),
            past: past.into_iter().map(line).collect(),
            levels: services.escalations(caller)?.levels().map(level).collect(),
            forms: services.may_change_lists(caller)?.then(|| Forms::of(&lists, language, today)),
            frame,
        })
    }

    async fn for_desk(desk: &Desk) -> Result<Self, Problem> {
        let (language, token) = (desk.language, desk.form_token());
        desk.run(move |services, caller| Self::of(services, caller, Frame::of(services, caller, language, token)?))
            .await
    }
}

/// Shows the page.
///
/// # Errors
/// 401 where nobody has signed in.
pub async fn page(desk: Desk, arrival: web::Query<Arrival>) -> Result<HttpResponse, Problem> {
    let page = DeadlinesPage::for_desk(&desk).await?;
    show(&DeadlinesPage { done: arrival.done.is_some(), ..page }, desk.language)
}

/// Adds a deadline.
///
/// # Errors
/// 403 where it is not one's affair; what is wrong with the form is shown in it.
pub async fn add(desk: Desk, request: HttpRequest, sent: Sent) -> Result<HttpResponse, Problem> {
    let (desk, typed) = Typed::take(desk, sent);
    let written = typed.written();
    let done = desk.run(move |services, caller| services.add_deadline(caller, &written)).await;
    answer(&desk, &request, &typed, done, |forms| &mut forms.rule).await
}

/// Sets an escalation level.
///
/// # Errors
/// As [`add`].
pub async fn set_escalation(desk: Desk, request: HttpRequest, sent: Sent) -> Result<HttpResponse, Problem> {
    let (desk, typed) = Typed::take(desk, sent);
    let written = typed.written();
    let done = desk.run(move |services, caller| services.set_escalation(caller, &written)).await;
    answer(&desk, &request, &typed, done, |forms| &mut forms.level).await
}

async fn answer(
    desk: &Desk,
    request: &HttpRequest,
    typed: &Typed,
    done: Result<(), Problem>,
    which: fn(&mut Forms) -> &mut Part,
) -> Result<HttpResponse, Problem> {
    let problem = match done {
        Ok(()) => return Ok(go_to("/deadlines?done=1")),
        Err(problem) if problem.word() == "invalid_input" => problem,
        Err(problem) => return kept(desk, request, typed, problem),
    };
    let mut page = DeadlinesPage::for_desk(desk).await?;
    if let Some(forms) = &mut page.forms {
        let part = which(forms);
        let form = std::mem::replace(&mut part.form, EntryForm::new("", Vec::new()));
        part.form = form.filled(typed).blamed(&problem, desk.language);
    }
    Ok(refuse(&problem, html(&page, desk.language)?))
}
