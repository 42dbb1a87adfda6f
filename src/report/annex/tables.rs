//! Figures as tables: one function a table.

use super::words::{self, Words};
use crate::domain::code::ListName;
use crate::i18n::{indicators, measures};
use crate::measures::code_counts::CodeShare;
use crate::measures::count::Count;
use crate::measures::delay::DelayMeasure;
use crate::measures::delay_figures::DelayFigures;
use crate::measures::ending_figures::{EndingFigures, EndingsByHorizon};
use crate::measures::figures::Estimate;
use crate::measures::indicator::Article;
use crate::measures::statistics::Figures;
use crate::measures::visit_tally::VisitFigures;
use crate::report::table::{Cell, Kind, Table};

/// Which delays belong together.
#[derive(Clone, Copy, Debug)]
pub(super) enum Section {
    FirstHours,
    Visits,
    Investigation,
}

impl Section {
    fn id(self) -> &'static str {
        match self {
            Self::FirstHours => "first_hours",
            Self::Visits => "visits",
            Self::Investigation => "investigation",
        }
    }

    fn title(self, key: &str, words: &Words<'_>) -> String {
        let section = match self {
            Self::FirstHours => "annex-first-hours",
            Self::Visits => "annex-visits",
            Self::Investigation => "annex-investigation",
        };
        words.fill(key, &[("section", words.say(section))])
    }
}

/// The indicators of an article.
pub(super) fn indicators(figures: &Figures, article: Article, words: &Words<'_>) -> Table {
    let of_article = figures.indicators.indicators.iter().filter(|share| share.article == article);
    let row = |share: &crate::measures::indicator_tally::IndicatorShare| {
        let label = indicators::indicator(words.language, share.indicator).label;
        let cells = [Cell::Text(label)].into_iter().chain(words::share(&share.figures.share));
        cells.chain([words::count(share.figures.unknown)]).collect()
    };
    let mut columns = vec![words.column("indicator", Kind::Text)];
    columns.extend(words.share_columns());
    columns.push(words.column("unknown", Kind::Count));
    Table {
        id: format!("indicators_article_{}", article.as_str().replace('-', "_")),
        title: words.fill("annex-indicators", &[("article", indicators::article(words.language, article).label)]),
        note: None,
        columns,
        rows: of_article.map(row).collect(),
    }
}

/// Some delays: how many, and the quartiles.
pub(super) fn delays(section: Section, figures: &Figures, wanted: &[DelayMeasure], words: &Words<'_>) -> Table {
    let counts = ["n", "ended", "otherwise", "lost", "open", "left_out"];
    let times = ["median", "lo", "hi", "quartile_1", "quartile_3"];
    let mut columns = vec![words.column("delay", Kind::Text)];
    columns.extend(counts.map(|id| words.column(id, Kind::Count)));
    columns.extend(times.map(|id| words.column(id, Kind::Number)));
    let row = |measure: DelayMeasure, delay: &DelayFigures| {
        let rests_on = [delay.n, delay.ended];
        let mut row = vec![Cell::Text(measures::delay(words.language, measure.as_str()).label)];
        row.extend([delay.n, delay.ended, delay.ended_otherwise, delay.lost, delay.open].map(words::count));
        row.push(words::count(added(delay.left_out, delay.missing_start)));
        let quartiles = [delay.first_quartile.estimate, delay.third_quartile.estimate];
        let median = [delay.median.estimate, delay.median.lo, delay.median.hi];
        row.extend(median.into_iter().chain(quartiles).map(|days| words::days(days, &rests_on)));
        row
    };
    Table {
        id: format!("delays_{}", section.id()),
        title: section.title("annex-delays-of", words),
        note: Some(words.say("annex-delays-note")),
        columns,
        rows: chosen(figures, wanted).map(|(measure, delay)| row(measure, delay)).collect(),
    }
}

/// The same delays: deadlines kept, means, bounds.
pub(super) fn means(section: Section, figures: &Figures, wanted: &[DelayMeasure], words: &Words<'_>) -> Table {
    let columns = vec![
        words.column("delay", Kind::Text),
        words.column("within", Kind::Share),
        words.column("judged", Kind::Count),
        words.column("longest_open", Kind::Number),
        words.column("horizon", Kind::Number),
        words.column("restricted_mean", Kind::Number),
        words.column("mean_ended", Kind::Number),
        words.column("shortest", Kind::Number),
        words.column("longest", Kind::Number),
    ];
    let row = |measure: DelayMeasure, delay: &DelayFigures| {
        let rests_on = [delay.n, delay.ended];
        let days = |value| words::days(value, &rests_on);
        let [_, judged, within, _, _] = words::share(&delay.within_deadline);
        let mean = &delay.restricted_mean;
        let horizon = Cell::Number { value: f64::from(mean.horizon_days), decimals: 0 };
        let bounds = delay.median_bounds.map_or([None, None], |bounds| [bounds.shortest, bounds.longest]);
        let label = Cell::Text(measures::delay(words.language, measure.as_str()).label);
        // Of two digits, as it was released.
        let longest_open = match words::days(delay.longest_open, &[delay.open]) {
            Cell::Number { value, .. } if value >= 10.0 => Cell::Number { value, decimals: 0 },
            shorter => shorter,
        };
        let mut row =
            vec![label, within, judged, longest_open, horizon, days(mean.estimate), days(delay.mean_of_ended)];
        row.extend(bounds.map(days));
        row
    };
    Table {
        id: format!("means_{}", section.id()),
        title: section.title("annex-means-of", words),
        note: Some(words.say("annex-means-note")),
        columns,
        rows: chosen(figures, wanted).map(|(measure, delay)| row(measure, delay)).collect(),
    }
}

fn chosen<'a>(
    figures: &'a Figures,
    wanted: &'a [DelayMeasure],
) -> impl Iterator<Item = (DelayMeasure, &'a DelayFigures)> {
    let all = figures.delays.iter().filter(|row| wanted.contains(&row.measure));
    all.map(|row| (row.measure, &row.figures))
}

/// Two counts together; withheld where either is.
fn added(a: Count, b: Count) -> Count {
    a.shown().zip(b.shown()).map_or(Count::WITHHELD, |(a, b)| (a + b).into())
}

/// How complaints end, at some horizons.
pub(super) fn endings(endings: &EndingFigures, words: &Words<'_>) -> Table {
    let mut columns = vec![words.column("days", Kind::Count), words.column("ending", Kind::Text)];
    columns.push(words.column("ended", Kind::Count));
    columns.extend(["share", "lo", "hi"].map(|id| words.column(id, Kind::Share)));
    let rows = endings.by_horizon.iter().flat_map(|horizon| at_horizon(horizon, words));
    Table {
        id: "endings".to_owned(),
        title: words.say("annex-endings"),
        note: Some(words.say("annex-endings-note")),
        columns,
        rows: rows.collect(),
    }
}

fn at_horizon(horizon: &EndingsByHorizon, words: &Words<'_>) -> Vec<Vec<Cell>> {
    let estimate = |estimate: &Estimate, rests_on: &[Count]| {
        let withheld = rests_on.iter().any(|count| count.shown().is_none());
        [estimate.estimate, estimate.lo, estimate.hi].map(|share| match share {
            _ if withheld => Cell::Withheld,
            Some(share) => Cell::Share(share),
            None => Cell::Empty,
        })
    };
    let days = Cell::Count(u64::from(horizon.days));
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for share in &horizon.endings {
        let mut row = vec![days.clone(), Cell::Text(words.label(share.ending)), words::count(share.events)];
        row.extend(estimate(&share.share, &[share.events]));
        rows.push(row);
    }
    let events: Vec<Count> = horizon.endings.iter().map(|share| share.events).collect();
    let mut open = vec![days, Cell::Text(words.say("annex-still-open")), Cell::Empty];
    open.extend(estimate(&horizon.still_open, &events));
    rows.push(open);
    rows
}

/// The rates of complaints, of all and of those that have ended.
pub(super) fn rates(figures: &Figures, words: &Words<'_>) -> Table {
    let mut columns = vec![words.column("measure", Kind::Text)];
    columns.extend(words.share_columns());
    let of_cases = figures.rates.iter().filter(|rate| !rate.measure.is_of_visits());
    let row = |rate: &crate::measures::statistics::RateRow| {
        let label = measures::rate(words.language, rate.measure.as_str()).label;
        [Cell::Text(label)].into_iter().chain(words::share(&rate.figures.of_all)).collect()
    };
    Table {
        id: "rates".to_owned(),
        title: words.say("annex-rates"),
        note: None,
        columns,
        rows: of_cases.map(row).collect(),
    }
}

/// The shares of visits.
pub(super) fn visits(visits: &VisitFigures, words: &Words<'_>) -> Table {
    let mut columns = vec![words.column("measure", Kind::Text)];
    columns.extend(words.share_columns());
    columns.push(words.column("unknown", Kind::Count));
    let row = |share: &crate::measures::visit_tally::VisitShare| {
        let label = indicators::visit_share(words.language, share.measure).label;
        let cells = [Cell::Text(label)].into_iter().chain(words::share(&share.figures.share));
        cells.chain([words::count(share.figures.unknown)]).collect()
    };
    Table {
        id: "visits".to_owned(),
        title: words.say("annex-visits"),
        note: None,
        columns,
        rows: visits.shares.iter().map(row).collect(),
    }
}

/// Refusals by their ground.
pub(super) fn grounds(visits: &VisitFigures, words: &Words<'_>) -> Table {
    by_code("refusals_by_ground", "ground", ListName::VisitRefusalGround, &visits.refusals_by_ground, words)
}

/// Reprisals by their kind.
pub(super) fn reprisals(figures: &Figures, words: &Words<'_>) -> Table {
    by_code("reprisals_by_kind", "reprisal", ListName::ReprisalKind, &figures.indicators.reprisals_by_kind, words)
}

fn by_code(id: &str, column: &str, list: ListName, shares: &[CodeShare], words: &Words<'_>) -> Table {
    let text = indicators::table(words.language, id);
    let mut columns = vec![words.column(column, Kind::Text)];
    columns.extend(words.share_columns());
    let row = |share: &CodeShare| {
        let label = Cell::Text(words.code(list, &share.code));
        [label].into_iter().chain(words::share(&share.share)).collect()
    };
    Table {
        id: id.to_owned(),
        title: text.label,
        note: Some(text.definition),
        columns,
        rows: shares.iter().map(row).collect(),
    }
}

/// What was refused of the answers to requests with each kind of evidence.
pub(super) fn evidence(visits: &VisitFigures, words: &Words<'_>) -> Table {
    let text = indicators::table(words.language, "refused_by_evidence");
    let mut columns = vec![words.column("evidence", Kind::Text)];
    columns.extend(words.share_columns());
    let row = |share: &crate::measures::visit_tally::EvidenceShare| {
        let label = Cell::Text(words.label(share.evidence));
        [label].into_iter().chain(words::share(&share.share)).collect()
    };
    Table {
        id: "refused_by_evidence".to_owned(),
        title: text.label,
        note: Some(text.definition),
        columns,
        rows: visits.refused_by_evidence.iter().map(row).collect(),
    }
}

/// Reparation by the form asked for.
pub(super) fn reparation(figures: &Figures, words: &Words<'_>) -> Table {
    let columns = vec![
        words.column("reparation_form", Kind::Text),
        words.column("asked", Kind::Count),
        words.column("decided", Kind::Count),
        words.column("granted", Kind::Count),
        words.column("share", Kind::Share),
        words.column("lo", Kind::Share),
        words.column("hi", Kind::Share),
    ];
    let row = |form: &crate::measures::indicator_tally::ReparationShare| {
        let [granted, decided, share, lo, hi] = words::share(&form.granted);
        let label = Cell::Text(words.code(ListName::ReparationForm, &form.form));
        vec![label, words::count(form.asked.numerator), decided, granted, share, lo, hi]
    };
    Table {
        id: "reparation_by_form".to_owned(),
        title: words.say("annex-table-reparation-by-form"),
        note: None,
        columns,
        rows: figures.indicators.reparation_by_form.iter().map(row).collect(),
    }
}
