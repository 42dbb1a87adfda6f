//! How far the data can be trusted: missing dates, unknown particulars, late recording, corrections.

use super::Annex;
use super::words::{self, Words};
use crate::i18n::indicators;
use crate::measures::quality_tally::{CodeQuality, DateQuality, QualityFigures, RecordingShare};
use crate::report::document::Block;
use crate::report::table::{Cell, Kind, Table};

pub(super) fn blocks(annex: &Annex, words: &Words<'_>) -> Vec<Block> {
    let quality = &annex.figures.whole().all.quality;
    vec![
        Block::Heading { level: 1, text: words.say("annex-quality") },
        Block::Paragraph(words.say("annex-quality-lead")),
        Block::Table(dates(quality, words)),
        Block::Table(codes(quality, words)),
        Block::Table(recording(quality, words)),
    ]
}

fn dates(quality: &QualityFigures, words: &Words<'_>) -> Table {
    let mut columns = vec![words.column("date", Kind::Text)];
    columns.extend(["minute", "day", "month", "missing"].map(|id| words.column(id, Kind::Count)));
    columns.push(words.column("share", Kind::Share));
    let row = |date: &DateQuality| {
        let [missing, _, share, _, _] = words::share(&date.missing);
        let label = indicators::important_date(words.language, date.date).label;
        let mut row = vec![Cell::Text(label)];
        row.extend([date.minute, date.day, date.month].map(words::count));
        row.extend([missing, share]);
        row
    };
    Table {
        id: "quality_dates".to_owned(),
        title: words.say("annex-quality-dates"),
        note: Some(words.say("annex-quality-dates-note")),
        columns,
        rows: quality.dates.iter().map(row).collect(),
    }
}

fn codes(quality: &QualityFigures, words: &Words<'_>) -> Table {
    let row = |code: &CodeQuality| {
        let label = indicators::important_code(words.language, code.code).label;
        [Cell::Text(label)].into_iter().chain(words::share(&code.missing)).collect()
    };
    share_table("quality_codes", "annex-quality-codes", quality.codes.iter().map(row).collect(), words)
}

fn recording(quality: &QualityFigures, words: &Words<'_>) -> Table {
    let row = |share: &RecordingShare| {
        let label = indicators::recording(words.language, share.measure).label;
        [Cell::Text(label)].into_iter().chain(words::share(&share.share)).collect()
    };
    share_table("quality_records", "annex-quality-records", quality.recording.iter().map(row).collect(), words)
}

fn share_table(id: &str, title: &str, rows: Vec<Vec<Cell>>, words: &Words<'_>) -> Table {
    let mut columns = vec![words.column("measure", Kind::Text)];
    columns.extend(words.share_columns());
    Table { id: id.to_owned(), title: words.say(title), note: None, columns, rows }
}
