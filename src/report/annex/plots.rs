//! Curves: how many still wait, and how complaints end, with intervals and numbers at risk.

use super::summary::delay;
use super::words::Words;
use crate::i18n::measures;
use crate::measures::curve;
use crate::measures::delay::DelayMeasure as D;
use crate::measures::ending_figures::EndingFigures;
use crate::measures::statistics::Figures;
use crate::report::plot::{AtRisk, Curve, CurvePoint, Plot, Start};

/// The share still waiting in one delay.
pub(super) fn waiting(figures: &Figures, measure: D, words: &Words<'_>) -> Plot {
    let title = measures::delay(words.language, measure.as_str()).label;
    let name = words.say("annex-plot-waiting");
    let curves = delay(figures, measure).map(|delay| vec![(name, &delay.curve)]).unwrap_or_default();
    let id = format!("plot_{}", measure.as_str());
    plot(&id, title, start_of(measure), Start::One, curves, words)
}

/// The safeguards of the first hours, beside each other.
pub(super) fn first_hours(figures: &Figures, words: &Words<'_>) -> Plot {
    let curve = |measure: &D| {
        let name = words.say(&format!("annex-curve-{}", measure.as_str().replace('_', "-")));
        delay(figures, *measure).map(|delay| (name, &delay.curve))
    };
    let curves = D::FIRST_HOURS.iter().filter_map(curve).collect();
    let title = words.say("annex-first-hours");
    plot("plot_first_hours", title, start_of(D::DeprivationToLawyer), Start::One, curves, words)
}

/// How complaints end.
pub(super) fn endings(endings: &EndingFigures, words: &Words<'_>) -> Plot {
    let curves = endings.curves.endings.iter().map(|(ending, curve)| (words.label(*ending), curve)).collect();
    plot("plot_endings", words.say("annex-endings"), "clock", Start::Zero, curves, words)
}

fn start_of(measure: D) -> &'static str {
    match measure {
        D::FilingToRouting | D::FilingToFirstResponse | D::FilingToDismissal | D::FilingToProsecution => "clock",
        D::RoutingToDecision => "routing",
        D::VisitRequestToAnswer | D::VisitRequestToVisit => "request",
        D::VisitApprovalToVisit => "approval",
        D::AppealToAnswer => "appeal",
        D::DeprivationToRegistration
        | D::DeprivationToLawyer
        | D::DeprivationToDoctor
        | D::DeprivationToFamilyNotice => "deprivation",
    }
}

fn plot(
    id: &str,
    title: String,
    since: &str,
    start: Start,
    curves: Vec<(String, &curve::Curve)>,
    words: &Words<'_>,
) -> Plot {
    let since = words.say(&format!("annex-plot-start-{since}"));
    let (curves, withheld): (Vec<_>, Vec<_>) = curves.into_iter().partition(|(_, curve)| !curve.points.is_empty());
    let mut note = words.say("annex-plot-note");
    // Where nothing is drawn at all, the plot itself says so.
    if !curves.is_empty() && !withheld.is_empty() {
        let names = withheld.into_iter().map(|(name, _)| name).collect::<Vec<_>>().join(", ");
        note = format!("{note} {}", words.fill("annex-plot-withheld", &[("names", names)]));
    }
    let y_title = words.say(if start == Start::One { "annex-plot-waiting" } else { "annex-plot-ended" });
    Plot {
        id: id.to_owned(),
        note: Some(note),
        x_title: words.fill("annex-plot-days", &[("start", since)]),
        y_title,
        start,
        alternative_text: words.fill("annex-plot-alternative", &[("title", title.clone())]),
        title,
        at_risk: at_risk(&curves, start, words),
        curves: curves.into_iter().map(|(name, curve)| drawn(name, curve)).collect(),
    }
}

fn drawn(name: String, curve: &curve::Curve) -> Curve {
    let step = |point: &curve::CurvePoint| CurvePoint {
        time: point.time,
        estimate: point.estimate,
        low: point.lo,
        high: point.hi,
    };
    let last_time = curve.points.last().map_or(0.0, |point| point.time);
    Curve { name, steps: curve.points.iter().map(step).collect(), last_time }
}

/// Endings that compete are watched together: one row for all of them.
fn at_risk(curves: &[(String, &curve::Curve)], start: Start, words: &Words<'_>) -> Option<AtRisk> {
    let title = words.say("annex-plot-at-risk");
    let times = curves.first()?.1.at_risk.iter().map(|(time, _)| *time).collect();
    let rows = if start == Start::Zero { curves.get(..1)? } else { curves };
    let row = |(name, curve): &(String, &curve::Curve)| {
        let name = if rows.len() == 1 { words.say("annex-group-all") } else { name.clone() };
        (name, curve.at_risk.iter().map(|(_, count)| count.shown()).collect())
    };
    Some(AtRisk { rows: rows.iter().map(row).collect(), times, title: title.clone() })
}
