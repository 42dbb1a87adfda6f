//! Curves as pictures that stand within a page. They take the colours of the page, need no style and no script of their
//! own, and are as light as they look: steps that fall on one another at this size are drawn as one.

use super::Book;
use super::cells;
use crate::i18n::{Language, text};
use crate::measures::curve::Curve;
use crate::measures::statistics::MOST_DRAWN_GROUPS;

/// The picture, in its own units.
const WIDTH: i32 = 420;
const LEFT: i32 = 44;
const RIGHT: i32 = WIDTH - 16;
const TOP: i32 = 8;
const BOTTOM: i32 = 188;
/// Steps nearer to each other than this are drawn as one, where together they are no higher than [`HIGHEST`]: a fall that
/// can be seen stays where it was.
const FINEST: i32 = 5;
const HIGHEST: i32 = 4;
/// Labels of ticks nearer to each other than this would touch.
const TICKS_APART: i32 = 36;

/// A picture of curves, and the numbers that were still observed.
pub(super) struct Chart {
    /// What it shows, for who cannot see it.
    pub label: String,
    pub lines: Vec<Line>,
    pub rules: Vec<Tick>,
    pub ticks: Vec<Tick>,
    pub days: String,
    pub at_risk: AtRisk,
}

/// A curve.
pub(super) struct Line {
    pub name: String,
    pub path: String,
    /// Its interval; empty where there is none.
    pub band: String,
}

/// A place on an axis with its label.
pub(super) struct Tick {
    pub place: i32,
    pub label: String,
}

/// The numbers beneath a picture.
pub(super) struct AtRisk {
    pub title: String,
    pub times: Vec<String>,
    pub rows: Vec<(String, Vec<String>)>,
}

impl Chart {
    /// A picture of named curves; none where there is nothing to draw.
    pub(super) fn of(book: &Book, label: String, curves: &[(String, &Curve)]) -> Option<Self> {
        let language = book.language;
        let curves: Vec<&(String, &Curve)> =
            curves.iter().filter(|(_, curve)| !curve.points.is_empty()).take(MOST_DRAWN_GROUPS).collect();
        let (_, first) = curves.first()?;
        let times: Vec<f64> = first.at_risk.iter().map(|(time, _)| *time).collect();
        let ends = curves.iter().filter_map(|(_, curve)| curve.points.last()).map(|point| point.time);
        let end = times.iter().copied().chain(ends).fold(1.0, f64::max);
        let across = |days: f64| LEFT + part(days / end, RIGHT - LEFT);
        let line = |(name, curve): &&(String, &Curve)| Line {
            name: name.clone(),
            path: path(&line_of(curve, across)),
            band: path(&band_of(curve, across)),
        };
        let lines = curves.iter().map(line).collect();
        let time = |time: &f64| language.number(*time, 0);
        let row = |(name, curve): &&(String, &Curve)| {
            (name.clone(), curve.at_risk.iter().map(|(_, number)| cells::count(language, *number)).collect())
        };
        Some(Self {
            label,
            lines,
            rules: rules(language),
            ticks: ticks(&times, across, language),
            days: text(language, "figures-days", &[]),
            at_risk: AtRisk {
                title: text(language, "annex-plot-at-risk", &[]),
                times: times.iter().map(time).collect(),
                rows: curves.iter().map(row).collect(),
            },
        })
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a place in a picture of some hundred units")]
fn part(share: f64, of: i32) -> i32 {
    (share.clamp(0.0, 1.0) * f64::from(of)).round() as i32
}

fn up(share: f64) -> i32 {
    BOTTOM - part(share, BOTTOM - TOP)
}

fn rules(language: Language) -> Vec<Tick> {
    let rule = |share: f64| Tick { place: up(share), label: language.share(share, 0) };
    [0.0, 0.5, 1.0].map(rule).into()
}

fn ticks(times: &[f64], across: impl Fn(f64) -> i32, language: Language) -> Vec<Tick> {
    let mut ticks: Vec<Tick> = Vec::new();
    for time in times {
        let place = across(*time);
        if ticks.last().is_none_or(|before| place - before.place >= TICKS_APART) {
            ticks.push(Tick { place, label: language.number(*time, 0) });
        }
    }
    ticks
}

type Corner = (i32, i32);

/// The corners of a curve of steps through levels.
fn corners(levels: impl Iterator<Item = Corner>, end: i32) -> Vec<Corner> {
    let mut kept: Vec<Corner> = Vec::new();
    for (x, y) in levels {
        let level = kept.len().checked_sub(2).map(|before| kept[before].1);
        let is_low = level.is_some_and(|level| (y - level).abs() <= HIGHEST);
        match kept.last_mut() {
            Some(last) if last.1 == y => {}
            Some(last) if x - last.0 < FINEST && is_low => last.1 = y,
            _ => kept.push((x, y)),
        }
    }
    let mut corners: Vec<Corner> = Vec::with_capacity(kept.len() * 2 + 1);
    for (x, y) in kept {
        if let Some(&(_, before)) = corners.last() {
            corners.push((x, before));
        }
        corners.push((x, y));
    }
    if let Some(&(x, y)) = corners.last() {
        corners.push((x.max(end), y));
    }
    corners.dedup();
    corners
}

fn line_of(curve: &Curve, across: impl Fn(f64) -> i32) -> Vec<Corner> {
    let end = curve.points.last().map_or(LEFT, |point| across(point.time));
    corners(curve.points.iter().map(|point| (across(point.time), up(point.estimate))), end)
}

fn band_of(curve: &Curve, across: impl Fn(f64) -> i32) -> Vec<Corner> {
    let end = curve.points.last().map_or(LEFT, |point| across(point.time));
    let limits: Vec<_> =
        curve.points.iter().filter_map(|point| Some((across(point.time), point.lo?, point.hi?))).collect();
    let upper = corners(limits.iter().map(|(x, _, hi)| (*x, up(*hi))), end);
    let lower = corners(limits.iter().map(|(x, lo, _)| (*x, up(*lo))), end);
    upper.into_iter().chain(lower.into_iter().rev()).collect()
}

/// A path through corners, each step along one axis where it can be (SVG 2, 9.3).
fn path(corners: &[Corner]) -> String {
    use std::fmt::Write;
    let Some(&(mut x, mut y)) = corners.first() else { return String::new() };
    let mut path = format!("M{x} {y}");
    for &(to_x, to_y) in &corners[1..] {
        let written = match (to_x - x, to_y - y) {
            (0, 0) => Ok(()),
            (dx, 0) => write!(path, "h{dx}"),
            (0, dy) => write!(path, "v{dy}"),
            (dx, dy) => write!(path, "l{dx} {dy}"),
        };
        debug_assert!(written.is_ok(), "a text takes what is written to it");
        (x, y) = (to_x, to_y);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_goes_by_steps_and_ends_where_it_is_known() {
        let steps = [(44, 8), (100, 100), (150, 100), (200, 150)];
        assert_eq!(path(&corners(steps.into_iter(), 300)), "M44 8h56v92h100v50h100");
    }

    #[test]
    fn steps_too_near_to_be_seen_fall_together() {
        let many = (0..370).map(|step| (LEFT + step, TOP + step / 3));
        assert!(path(&corners(many, RIGHT)).len() < 700);
    }
}
