//! /statistics/quality: how far the data can be trusted.

use actix_web::{HttpRequest, web};
use serde::Serialize;

use super::{Heading, InWords, each, told};
use crate::domain::stage::Stage;
use crate::i18n::{Language, indicators as words};
use crate::measures::breakdown::Dimension;
use crate::measures::delay::ComplaintClock;
use crate::measures::delay_set::DelaySet;
use crate::measures::quality_tally::{CodeQuality, DateQuality, RecordingShare};
use crate::measures::statistics::Figures;
use crate::services::{Answer, CodesAs};
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;

/// One figure of quality with its name.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Named<T> {
    label: String,
    definition: String,
    #[serde(flatten)]
    figures: T,
}

/// The quality of all together or of a group.
#[derive(Serialize, utoipa::ToSchema)]
pub struct QualityItem {
    /// The group of the breakdown; none for all together.
    group: Option<String>,
    /// How precisely dates are known, and which are missing.
    dates: Vec<Named<DateQuality>>,
    /// How often codes are not known.
    codes: Vec<Named<CodeQuality>>,
    /// Late recording, corrections, contradictions.
    recording: Vec<Named<RecordingShare>>,
}

/// The quality of the data.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Quality {
    #[serde(flatten)]
    heading: Heading,
    /// First all together, then by group.
    quality: Vec<QualityItem>,
}

impl InWords for Quality {
    const DELAYS_OF_GROUPS: DelaySet = DelaySet::NONE;

    fn of(answer: &Answer, language: Language) -> Self {
        let quality = each(&answer.statistics).map(|(group, figures)| item(group, figures, language)).collect();
        Self { heading: Heading::of(answer), quality }
    }
}

fn item(group: Option<&String>, figures: &Figures, language: Language) -> QualityItem {
    let quality = &figures.quality;
    let date = |date: &DateQuality| named(words::important_date(language, date.date), *date);
    let code = |code: &CodeQuality| named(words::important_code(language, code.code), *code);
    let recording = |share: &RecordingShare| named(words::recording(language, share.measure), *share);
    QualityItem {
        group: group.cloned(),
        dates: quality.dates.iter().map(date).collect(),
        codes: quality.codes.iter().map(code).collect(),
        recording: quality.recording.iter().map(recording).collect(),
    }
}

fn named<T>(text: crate::i18n::measures::MeasureText, figures: T) -> Named<T> {
    Named { label: text.label, definition: text.definition, figures }
}

/// How far the data can be trusted: missing dates, unknown codes, late recording, corrections.
#[utoipa::path(
    get, path = "/api/v1/statistics/quality", tag = "statistics",
    params(
        ("by" = Option<Dimension>, Query, description = "Break down by this"),
        ("as_known_on" = Option<chrono::NaiveDate>, Query, description = "As known at the end of this day; today unless told"),
        ("clock" = Option<ComplaintClock>, Query, description = "When the clock of a complaint starts; `learnt` unless told"),
        ("codes" = Option<CodesAs>, Query, description = "`current`: count an old code under the one that followed it"),
        ("stage" = Option<Stage>, Query, description = "The headline"),
        ("region" = Option<String>, Query, description = "A code of the list `region`"),
        ("agency" = Option<String>, Query, description = "A code of the list `agency`"),
        ("kind_of_place" = Option<String>, Query, description = "A code of the list `kind_of_place`"),
        ("place" = Option<String>, Query, description = "A code of the list `place`"),
        ("organisation" = Option<uuid::Uuid>, Query, description = "The organisation that owns the case"),
        ("filed_from" = Option<chrono::NaiveDate>, Query, description = "Filed on this day or later"),
        ("filed_to" = Option<chrono::NaiveDate>, Query, description = "Filed on this day or earlier"),
    ),
    responses((status = 200, description = "The quality of the data", body = Quality), (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json")),
)]
pub async fn quality(desk: Desk, request: HttpRequest) -> Result<web::Json<Quality>, Problem> {
    told(desk, request).await
}
