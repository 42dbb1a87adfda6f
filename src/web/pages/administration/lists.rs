//! The code lists: what can be chosen in forms, what it is called, and from when until when.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::deadlines::in_three_languages;
use super::entry::{Choice, Control, Entry, EntryForm};
use super::typed::{Sent, Typed};
use super::{form_token, go_on_to, kept};
use crate::domain::code::{CodeEntry, CodeLists, ListName};
use crate::domain::zone::Zone;
use crate::i18n::{self, Language, labels, text};
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;
use crate::web::pages::frame::Frame;
use crate::web::pages::{html, refuse, show};

#[derive(Template)]
#[template(path = "administration/lists.html")]
struct ListsPage {
    frame: Frame,
    lists: Vec<(&'static str, String, usize)>,
}

#[derive(Template)]
#[template(path = "administration/list.html")]
struct ListPage {
    frame: Frame,
    form_token: String,
    done: bool,
    name: &'static str,
    title: String,
    entries: Vec<EntryLine>,
    form: Option<EntryForm>,
}

#[derive(Template)]
#[template(path = "administration/list_entry.html")]
struct EntryPage {
    frame: Frame,
    form_token: String,
    list: &'static str,
    title: String,
    code: String,
    periods: Vec<Period>,
}

struct EntryLine {
    code: String,
    label: String,
    holds: String,
}

/// A period of a code, with the form that changes it.
struct Period {
    from: String,
    holds: String,
    form: EntryForm,
    may_change: bool,
}

/// Why somebody comes to a list.
#[derive(Deserialize)]
pub struct Arrival {
    done: Option<String>,
}

fn list_named(name: &str, language: Language) -> Result<ListName, Problem> {
    name.parse().map_err(|_| Problem::new("not_found", 404, language))
}

fn holds(entry: &CodeEntry, language: Language) -> String {
    let day = |day: NaiveDate| i18n::day(language, day);
    match (entry.valid_from, entry.valid_to) {
        (None, None) => text(language, "holds-always", &[]),
        (Some(from), None) => text(language, "holds-from", &[("from", day(from).into())]),
        (None, Some(to)) => text(language, "holds-until", &[("to", day(to).into())]),
        (Some(from), Some(to)) => {
            text(language, "holds-between", &[("from", day(from).into()), ("to", day(to).into())])
        }
    }
}

fn choices(lists: &CodeLists, list: ListName, language: Language, today: NaiveDate) -> Vec<Choice> {
    let valid = lists.entries(list).filter(|entry| entry.is_valid_on(today));
    let choice = |entry: &CodeEntry| Choice::new(entry.code.as_str(), labels::entry(language, entry).to_owned());
    std::iter::once(Choice::new("", text(language, "lists-choose", &[]))).chain(valid.map(choice)).collect()
}

fn form(lists: &CodeLists, list: ListName, language: Language, today: NaiveDate) -> EntryForm {
    let field = |name| labels::field(language, name);
    let say = |key: &str| text(language, key, &[]);
    let mut entries = vec![Entry::text("entry_code", field("entry_code")).with_hint(say("lists-code-hint"))];
    entries.extend(in_three_languages(language, None));
    if list == ListName::Place {
        entries.push(Entry::choice("parent", field("parent"), choices(lists, ListName::KindOfPlace, language, today)));
        let regions = choices(lists, ListName::Region, language, today);
        entries.push(Entry::choice("region", field("region"), regions).optional());
    }
    entries.push(Entry::day("valid_from", field("valid_from")).optional().with_hint(say("lists-from-hint")));
    EntryForm::new("add", entries)
}

/// Shows which lists there are.
///
/// # Errors
/// 401 where nobody has signed in.
pub async fn page(desk: Desk) -> Result<HttpResponse, Problem> {
    let (language, token) = (desk.language, desk.form_token());
    let page = desk
        .run(move |services, caller| {
            let known = services.read_code_lists(caller)?;
            let today = Zone::default().date_of(services.now());
            let valid = |list| known.entries(list).filter(|entry| entry.is_valid_on(today)).count();
            let line = |list: &ListName| (list.as_str(), labels::of(language, *list), valid(*list));
            let lists = ListName::ALL.iter().map(line).collect();
            Ok(ListsPage { lists, frame: Frame::of(services, caller, language, token)? })
        })
        .await?;
    show(&page, language)
}

impl ListPage {
    async fn for_desk(desk: &Desk, list: ListName) -> Result<Self, Problem> {
        let (language, token) = (desk.language, desk.form_token());
        desk.run(move |services, caller| {
            let frame = Frame::of(services, caller, language, token)?;
            let known = services.read_code_lists(caller)?;
            let today = Zone::default().date_of(services.now());
            let line = |entry: &CodeEntry| EntryLine {
                code: entry.code.to_string(),
                label: labels::entry(language, entry).to_owned(),
                holds: holds(entry, language),
            };
            Ok(Self {
                form_token: form_token(&frame),
                done: false,
                name: list.as_str(),
                title: labels::of(language, list),
                entries: known.entries(list).map(line).collect(),
                form: services.may_change_lists(caller)?.then(|| form(&known, list, language, today)),
                frame,
            })
        })
        .await
    }
}

/// Shows a list.
///
/// # Errors
/// 404 where there is none of that name.
pub async fn list(desk: Desk, name: web::Path<String>, arrival: web::Query<Arrival>) -> Result<HttpResponse, Problem> {
    let page = ListPage::for_desk(&desk, list_named(&name, desk.language)?).await?;
    show(&ListPage { done: arrival.done.is_some(), ..page }, desk.language)
}

/// Adds an entry.
///
/// # Errors
/// 403 where it is not one's affair; what is wrong with the form is shown in it.
pub async fn add(
    desk: Desk,
    request: HttpRequest,
    name: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let (desk, typed) = Typed::take(desk, sent);
    let list = list_named(&name, desk.language)?;
    let written = typed.written();
    let problem = match desk.run(move |services, caller| services.add_code(caller, list, &written)).await {
        Ok(()) => return Ok(go_on_to(&format!("/lists/{}?done=1", list.as_str()))),
        Err(problem) if problem.word() == "invalid_input" => problem,
        Err(problem) => return kept(&desk, &request, &typed, problem),
    };
    let mut page = ListPage::for_desk(&desk, list).await?;
    page.form = page.form.map(|form| form.filled(&typed).blamed(&problem, desk.language));
    Ok(refuse(&problem, html(&page, desk.language)?))
}

impl EntryPage {
    async fn for_desk(desk: &Desk, list: ListName, code: String) -> Result<Self, Problem> {
        let (language, token) = (desk.language, desk.form_token());
        desk.run(move |services, caller| {
            let frame = Frame::of(services, caller, language, token)?;
            let known = services.read_code_lists(caller)?;
            let may_change = services.may_change_lists(caller)?;
            let found = known.entries(list).filter(|entry| entry.code.as_str() == code);
            let period = |(place, entry): (usize, &CodeEntry)| {
                let mut entries = in_three_languages(language, None);
                let ends = Entry::day("valid_to", labels::field(language, "valid_to"));
                entries.push(ends.optional().with_hint(text(language, "lists-to-hint", &[])));
                let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
                let now =
                    [("label_kk", entry.kk.clone()), ("label_ru", entry.ru.clone()), ("label_en", entry.en.clone())];
                let now = now.into_iter().chain([("valid_to", day(entry.valid_to))]);
                let now = Typed::of(now.map(|(name, value)| (name.to_owned(), value)).collect());
                let form = EntryForm::new(&format!("period-{place}"), entries).filled(&now);
                Period { from: day(entry.valid_from), holds: holds(entry, language), form, may_change }
            };
            let periods: Vec<Period> = found.enumerate().map(period).collect();
            if periods.is_empty() {
                return Err(crate::services::ServiceError::NotFound);
            }
            Ok(Self {
                form_token: form_token(&frame),
                list: list.as_str(),
                title: labels::of(language, list),
                periods,
                frame,
                code,
            })
        })
        .await
    }
}

/// Shows an entry with each of its periods.
///
/// # Errors
/// 404 where there is none.
pub async fn entry(desk: Desk, path: web::Path<(String, String)>) -> Result<HttpResponse, Problem> {
    let (name, code) = path.into_inner();
    show(&EntryPage::for_desk(&desk, list_named(&name, desk.language)?, code).await?, desk.language)
}

/// Calls an entry otherwise, or ends it.
///
/// # Errors
/// 403 and 404 where it is not one's affair; what is wrong with the form is shown in it.
pub async fn change(
    desk: Desk,
    request: HttpRequest,
    path: web::Path<(String, String)>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let (desk, typed) = Typed::take(desk, sent);
    let (name, code) = path.into_inner();
    let list = list_named(&name, desk.language)?;
    let from = typed.get("from").to_owned();
    let (written, first_day, of) = (typed.written(), from.parse().ok(), code.clone());
    let done = desk.run(move |services, caller| services.change_code(caller, list, (&of, first_day), &written)).await;
    let problem = match done {
        Ok(()) => return Ok(go_on_to(&format!("/lists/{}?done=1", list.as_str()))),
        Err(problem) if problem.word() == "invalid_input" => problem,
        Err(problem) => return kept(&desk, &request, &typed, problem),
    };
    let mut page = EntryPage::for_desk(&desk, list, code).await?;
    if let Some(period) = page.periods.iter_mut().find(|period| period.from == from) {
        let form = std::mem::replace(&mut period.form, EntryForm::new("", Vec::new()));
        period.form = form.filled(&typed).blamed(&problem, desk.language);
    }
    Ok(refuse(&problem, html(&page, desk.language)?))
}
