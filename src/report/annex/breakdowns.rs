//! The main figures for each period, region, kind of place and so on, with a test between the groups.

use super::Annex;
use super::summary::{delay, rate};
use super::words::{self, Words};
use crate::domain::code::ListName;
use crate::measures::breakdown::{Dimension, NOT_KNOWN};
use crate::measures::delay::DelayMeasure;
use crate::measures::rate::RateMeasure;
use crate::measures::statistics::{Figures, Statistics};
use crate::report::document::Block;
use crate::report::table::{Cell, Kind, Table};

pub(super) fn blocks(annex: &Annex, words: &Words<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Heading { level: 1, text: words.say("annex-breakdowns") }];
    for statistics in annex.figures.breakdowns() {
        let Some(dimension) = statistics.by else { continue };
        let named = words.label(dimension);
        let text = words.fill("annex-breakdown-by", &[("dimension", named)]);
        blocks.push(Block::Heading { level: 2, text: text.clone() });
        blocks.push(Block::Table(table(dimension, text, statistics, words)));
        blocks.push(Block::Paragraph(test(statistics, words)));
    }
    blocks
}

fn table(dimension: Dimension, title: String, statistics: &Statistics, words: &Words<'_>) -> Table {
    let columns = vec![
        words.column("group", Kind::Text),
        words.column("complaints", Kind::Count),
        words.column("dismissed", Kind::Count),
        words.column("dismissed_share", Kind::Share),
        words.column("prosecuted", Kind::Count),
        words.column("prosecuted_share", Kind::Share),
        words.column("response", Kind::Number),
        words.column("decision", Kind::Number),
        words.column("visit_answer", Kind::Number),
    ];
    let groups = statistics.groups.iter().map(|(name, figures)| row(group(dimension, name, words), figures));
    let all = row(words.say("annex-group-all"), &statistics.all);
    Table {
        id: format!("by_{}", dimension.as_str()),
        title,
        note: Some(words.fill("annex-breakdown-note", &[("mark", words::WITHHELD.to_owned())])),
        columns,
        rows: groups.chain([all]).collect(),
    }
}

fn row(name: String, figures: &Figures) -> Vec<Cell> {
    let rate = |wanted| {
        let share = rate(figures, wanted).map(|rate| words::share(&rate.of_all));
        share.map_or([Cell::Withheld, Cell::Withheld], |[numerator, _, share, _, _]| [numerator, share])
    };
    let median = |wanted| match delay(figures, wanted) {
        Some(delay) => delay.median.estimate.map_or(Cell::Withheld, |value| Cell::Number { value, decimals: 1 }),
        None => Cell::Empty,
    };
    let mut row = vec![Cell::Text(name), words::count(figures.cases)];
    row.extend(rate(RateMeasure::Dismissed));
    row.extend(rate(RateMeasure::Prosecuted));
    row.extend(
        [DelayMeasure::FilingToFirstResponse, DelayMeasure::RoutingToDecision, DelayMeasure::VisitRequestToAnswer]
            .map(median),
    );
    row
}

fn group(dimension: Dimension, name: &str, words: &Words<'_>) -> String {
    let list = match dimension {
        Dimension::Region => ListName::Region,
        Dimension::Agency | Dimension::Body => ListName::Agency,
        Dimension::KindOfPlace => ListName::KindOfPlace,
        Dimension::Sex => ListName::Sex,
        Dimension::AgeBand => ListName::AgeBand,
        Dimension::Year | Dimension::Quarter | Dimension::Month | Dimension::Organisation => {
            return if name == NOT_KNOWN { words.say("annex-group-not-known") } else { name.to_owned() };
        }
    };
    words.code(list, name)
}

fn test(statistics: &Statistics, words: &Words<'_>) -> String {
    let response = statistics.tests.iter().find(|test| test.measure == DelayMeasure::FilingToFirstResponse);
    let Some((chi, p, df)) = response.map(|test| (test.chi_square, test.p, test.degrees_of_freedom)) else {
        return words.say("annex-breakdown-no-test");
    };
    let [sign, p] =
        if p < 0.001 { ["<", &words.language.number(0.001, 3)] } else { ["=", &words.language.number(p, 3)] };
    let p = format!("{sign} {p}");
    let parts = [("chi", words.language.number(chi, 2)), ("df", df.to_string()), ("p", p)];
    words.fill("annex-breakdown-test", &parts)
}
