//! /statistics/plots: curves, as pictures and as data.

use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;

use super::query;
use crate::domain::words;
use crate::measures::curve::Curve;
use crate::measures::delay::{ComplaintClock, DelayMeasure};
use crate::measures::statistics::Figures;
use crate::report::annex;
use crate::report::svg::svg;
use crate::services::ServiceError;
use crate::web::api::params::Params;
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;

words! {
    /// How a plot is told.
    PlotFormat {
        /// As a picture.
        Svg = "svg",
        /// As numbers.
        Json = "json",
    }
}

/// A curve of a plot as numbers.
#[derive(Serialize, utoipa::ToSchema)]
pub struct CurveItem {
    /// Which: a delay, or an ending.
    name: String,
    /// The steps: each value holds until the next.
    points: Vec<PointItem>,
    /// How many were still observed at some times: days, and the number, `null` where it is withheld.
    at_risk: Vec<(f64, Option<u64>)>,
}

/// A step of a curve.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PointItem {
    /// Days since the start.
    days: f64,
    /// The share, from then on.
    estimate: f64,
    /// The lower 95 % limit.
    lo: Option<f64>,
    /// The upper 95 % limit.
    hi: Option<f64>,
}

/// A plot as numbers.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PlotData {
    curves: Vec<CurveItem>,
}

impl CurveItem {
    fn of(name: &str, curve: &Curve) -> Self {
        let point = |point: &crate::measures::curve::CurvePoint| PointItem {
            days: point.time,
            estimate: point.estimate,
            lo: point.lo,
            hi: point.hi,
        };
        Self {
            name: name.to_owned(),
            points: curve.points.iter().map(point).collect(),
            at_risk: curve.at_risk.iter().map(|(time, count)| (*time, count.shown())).collect(),
        }
    }
}

/// The curves of a plot; none where there is no such plot.
#[must_use]
pub fn data(name: &str, figures: &Figures) -> Option<PlotData> {
    let delay =
        |measure: DelayMeasure| figures.delay(measure).map(|delay| CurveItem::of(measure.as_str(), &delay.curve));
    let curves = match name {
        "first_hours" => DelayMeasure::FIRST_HOURS.iter().filter_map(|measure| delay(*measure)).collect(),
        "endings" => {
            let endings = &figures.endings.curves.endings;
            endings.iter().map(|(ending, curve)| CurveItem::of(ending.as_str(), curve)).collect()
        }
        word => vec![delay(DelayMeasure::named(word)?)?],
    };
    Some(PlotData { curves })
}

/// A plot: the share still waiting in a delay (by its word), `first_hours` for the safeguards beside each other, or
/// `endings` for the cumulative incidence of the three endings; each with 95 % limits and numbers at risk.
#[utoipa::path(
    get, path = "/api/v1/statistics/plots/{plot}", tag = "statistics",
    params(
        ("plot" = String, Path, description = "A delay, `first_hours` or `endings`"),
        ("format" = Option<PlotFormat>, Query, description = "`svg` unless told"),
        ("as_known_on" = Option<chrono::NaiveDate>, Query, description = "As known at the end of this day; today unless told"),
        ("clock" = Option<ComplaintClock>, Query, description = "When the clock of a complaint starts; `learnt` unless told"),
        ("region" = Option<String>, Query, description = "A code of the list `region`"),
        ("agency" = Option<String>, Query, description = "A code of the list `agency`"),
        ("kind_of_place" = Option<String>, Query, description = "A code of the list `kind_of_place`"),
        ("place" = Option<String>, Query, description = "A code of the list `place`"),
        ("organisation" = Option<uuid::Uuid>, Query, description = "The organisation that owns the case"),
        ("filed_from" = Option<chrono::NaiveDate>, Query, description = "Filed on this day or later"),
        ("filed_to" = Option<chrono::NaiveDate>, Query, description = "Filed on this day or earlier"),
    ),
    responses(
        (status = 200, description = "The plot", content((String = "image/svg+xml"), (PlotData = "application/json"))),
        (status = 404, description = "There is no such plot", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn plot(desk: Desk, request: HttpRequest, name: web::Path<String>) -> Result<HttpResponse, Problem> {
    let (name, language) = (name.into_inner(), desk.language);
    let mut params = Params::of(&request, language)?;
    let format = params.word("format", PlotFormat::WORDS, PlotFormat::named).unwrap_or(PlotFormat::Svg);
    let query = query(params)?;
    let drawn = desk.run(move |services, caller| {
        let answer = services.statistics(caller, &query)?;
        let figures = &answer.statistics.all;
        let data = data(&name, figures).ok_or(ServiceError::NotFound)?;
        let (plot, words) = annex::plot(&name, figures, language).ok_or(ServiceError::NotFound)?;
        let picture = svg(&plot, &words, language).map_err(|error| ServiceError::Unsound(error.to_string()))?;
        Ok((data, picture))
    });
    let (data, picture) = drawn.await?;
    Ok(match format {
        PlotFormat::Json => HttpResponse::Ok().json(data),
        PlotFormat::Svg => HttpResponse::Ok().insert_header((CONTENT_TYPE, "image/svg+xml")).body(picture),
    })
}
