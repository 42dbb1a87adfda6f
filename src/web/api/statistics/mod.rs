//! /statistics: delays, rates, endings, visits, indicators by article and the quality of the data, each with its
//! definition; and the curves.

pub mod delays; // how long it takes
pub mod endings; // how complaints end
pub mod indicators; // by article of the Convention
pub mod plots; // curves, as pictures and as data
pub mod quality; // how far the data can be trusted
pub mod rates; // how often
pub mod visits; // urgent visits

use actix_web::HttpRequest;
use chrono::NaiveDate;
use serde::Serialize;

use super::params::Params;
use super::problem::Problem;
use crate::domain::field::FieldProblem;
use crate::domain::stage::Stage;
use crate::i18n::Language;
use crate::measures::breakdown::{Breakdown, Dimension};
use crate::measures::count::Count;
use crate::measures::delay::ComplaintClock;
use crate::measures::delay_set::DelaySet;
use crate::measures::selection::Selection;
use crate::measures::statistics::{Figures, Statistics};
use crate::services::{Answer, CodesAs, MeasureQuery};
use crate::web::desk::Desk;

/// What is said of every set of figures.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Heading {
    /// The day as of which this was known, in the reporting zone: what was recorded later has no part in it.
    as_known_on: NaiveDate,
    /// Whether that day is over, so that its figures will never change.
    day_is_over: bool,
    /// Open waits were observed until then, the end of that day.
    observed_until: String,
    /// What was recorded by then is in the figures, where something may have been recorded since: figures of many cases
    /// may lag by up to ten minutes, and are then being counted anew; those from a replica by up to half a minute. None
    /// where they do not.
    #[serde(skip_serializing_if = "Option::is_none")]
    counted_at: Option<String>,
    /// Where counts are withheld, those from 1 to below this one are, and others that would give them away: they are
    /// `null`. None where nothing is withheld.
    withheld_below: Option<u64>,
    /// How many cases the filter let through.
    cases: Count,
}

impl Heading {
    fn of(answer: &Answer) -> Self {
        Self {
            as_known_on: answer.day,
            day_is_over: answer.day_is_over,
            observed_until: answer.observed_until.to_rfc3339(),
            counted_at: answer.counted_at.map(|counted_at| counted_at.to_rfc3339()),
            withheld_below: answer.withheld_below,
            cases: answer.statistics.all.cases,
        }
    }
}

/// The figures of all together, then of each group with its name.
fn each(statistics: &Statistics) -> impl Iterator<Item = (Option<&String>, &Figures)> {
    let groups = statistics.groups.iter().map(|(name, figures)| (Some(name), figures));
    std::iter::once((None, &statistics.all)).chain(groups)
}

/// Reads the question that every one of these resources takes.
fn query(mut params: Params) -> Result<MeasureQuery, Problem> {
    let query = MeasureQuery {
        selection: Selection {
            stage: params.word("stage", Stage::WORDS, Stage::named),
            region: params.code("region"),
            agency: params.code("agency"),
            kind_of_place: params.code("kind_of_place"),
            place: params.code("place"),
            organisation: params.read("organisation", FieldProblem::Unreadable, |text| text.parse().ok()),
        },
        filed_from: params.day("filed_from"),
        filed_to: params.day("filed_to"),
        by: params.word("by", Dimension::WORDS, Dimension::named).map(Breakdown::from),
        clock: params.word("clock", ComplaintClock::WORDS, ComplaintClock::named).unwrap_or_default(),
        codes: params.word("codes", CodesAs::WORDS, CodesAs::named).unwrap_or_default(),
        as_known_on: params.day("as_known_on"),
    };
    params.finish()?;
    Ok(query)
}

/// What the language of a request makes of an answer.
pub trait InWords: Sized {
    /// The delays that it tells of each group of a breakdown: others need not be counted by group.
    const DELAYS_OF_GROUPS: DelaySet;

    /// The answer in words of a language.
    fn of(answer: &Answer, language: Language) -> Self;
}

async fn told<T: InWords>(desk: Desk, request: HttpRequest) -> Result<actix_web::web::Json<T>, Problem> {
    let mut query = query(Params::of(&request, desk.language)?)?;
    query.by = query.by.map(|by| Breakdown { delays_of_groups: T::DELAYS_OF_GROUPS, ..by });
    let answer = desk.run(move |services, caller| services.statistics(caller, &query)).await?;
    Ok(actix_web::web::Json(T::of(&answer, desk.language)))
}
