//! The end of the annex: the deadlines that were used, every definition, and how to make it again.

use chrono::NaiveDate;

use super::Annex;
use super::words::Words;
use crate::domain::code::ListName;
use crate::domain::deadline::DeadlineRule;
use crate::i18n::{Language, indicators, measures};
use crate::measures::delay::DelayMeasure;
use crate::measures::indicator::Indicator;
use crate::measures::quality::{ImportantDate, RecordingMeasure};
use crate::measures::rate::RateMeasure;
use crate::measures::visit_measure::VisitMeasure;
use crate::report::document::Block;
use crate::report::table::{Cell, Kind, Table};

pub(super) fn blocks(annex: &Annex, words: &Words<'_>) -> Vec<Block> {
    vec![
        Block::Heading { level: 1, text: words.say("annex-deadlines") },
        Block::Table(deadlines(annex, words)),
        Block::Heading { level: 1, text: words.say("annex-definitions") },
        Block::Paragraph(words.say("annex-definitions-lead")),
        Block::Definitions(definitions(words.language)),
        Block::Heading { level: 1, text: words.say("annex-again") },
        Block::Paragraph(words.say("annex-again-lead")),
        Block::Code(command(annex, words.language)),
        Block::Paragraph(words.say("annex-again-fingerprint")),
    ]
}

fn command(annex: &Annex, language: Language) -> String {
    let option = |name: &str, day: Option<NaiveDate>| day.map_or_else(String::new, |day| format!(" --{name} {day}"));
    let (from, to) = (option("from", annex.from), option("to", annex.to));
    format!("aiqyn report annex{from}{to} --as-known-on {} --language {}", annex.known_on, language.as_str())
}

fn deadlines(annex: &Annex, words: &Words<'_>) -> Table {
    let columns = vec![
        words.column("step", Kind::Text),
        words.column("place", Kind::Text),
        words.column("hours", Kind::Count),
        words.column("basis", Kind::Text),
    ];
    let holds = |rule: &&DeadlineRule| {
        rule.valid_from.is_none_or(|from| annex.to.is_none_or(|to| from <= to))
            && rule.valid_to.is_none_or(|to| annex.from.is_none_or(|from| from < to))
    };
    let row = |rule: &DeadlineRule| {
        let place = rule.kind_of_place.as_ref().map(|kind| words.code(ListName::KindOfPlace, kind.as_str()));
        vec![
            Cell::Text(words.label(rule.step)),
            place.map_or(Cell::Empty, Cell::Text),
            Cell::Count(rule.hours.unsigned_abs().into()),
            Cell::Text(words.label(rule.basis)),
        ]
    };
    Table {
        id: "deadlines".to_owned(),
        title: words.say("annex-deadlines"),
        note: None,
        columns,
        rows: annex.deadlines.rules().filter(holds).map(row).collect(),
    }
}

/// Every measure that the annex prints, with the sentence that defines it.
fn definitions(language: Language) -> Vec<(String, String)> {
    let delays = DelayMeasure::WORDS.iter().map(|word| measures::delay(language, word));
    let rates = RateMeasure::ALL.iter().filter(|rate| !rate.is_of_visits());
    let rates = rates.map(|rate| measures::rate(language, rate.as_str()));
    let visits = VisitMeasure::ALL.iter().map(|share| indicators::visit_share(language, *share));
    let indicators = Indicator::ALL.iter().map(|indicator| indicators::indicator(language, *indicator));
    let dates = ImportantDate::ALL.iter().map(|date| indicators::important_date(language, *date));
    let recording = RecordingMeasure::ALL.iter().map(|share| indicators::recording(language, *share));
    let all = delays.chain(rates).chain(visits).chain(indicators).chain(dates).chain(recording);
    all.map(|measure| (measure.label, measure.definition)).collect()
}
