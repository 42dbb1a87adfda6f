//! A section for each article of the Convention: its indicators, the delays that belong to it, and their curves.

use super::tables::Section;
use super::words::Words;
use super::{Annex, plots, tables};
use crate::i18n::indicators;
use crate::measures::delay::DelayMeasure as D;
use crate::measures::indicator::Article;
use crate::measures::statistics::Figures;
use crate::report::document::Block;

const VISITS: &[D] = &[D::VisitRequestToAnswer, D::VisitRequestToVisit, D::VisitApprovalToVisit];
const INVESTIGATION: &[D] = &[
    D::FilingToRouting,
    D::RoutingToDecision,
    D::FilingToFirstResponse,
    D::FilingToDismissal,
    D::FilingToProsecution,
    D::AppealToAnswer,
];

pub(super) fn blocks(annex: &Annex, words: &Words<'_>) -> Vec<Block> {
    let figures = &annex.figures.whole().all;
    Article::ALL.iter().flat_map(|article| section(*article, figures, words)).collect()
}

fn section(article: Article, figures: &Figures, words: &Words<'_>) -> Vec<Block> {
    let heading = indicators::article(words.language, article);
    let mut blocks = vec![
        Block::Heading { level: 1, text: heading.label },
        Block::Paragraph(heading.definition),
        Block::Table(tables::indicators(figures, article, words)),
    ];
    blocks.extend(match article {
        Article::Prevention => prevention(figures, words),
        Article::Investigation => investigation(figures, words),
        Article::Redress => with_rows(tables::reparation(figures, words)),
        Article::NonRefoulement | Article::Custody | Article::Evidence => Vec::new(),
        Article::Defenders => with_rows(tables::reprisals(figures, words)),
    });
    blocks
}

fn prevention(figures: &Figures, words: &Words<'_>) -> Vec<Block> {
    let mut blocks = vec![
        Block::Heading { level: 2, text: words.say("annex-first-hours") },
        Block::Table(tables::delays(Section::FirstHours, figures, D::FIRST_HOURS, words)),
        Block::Table(tables::means(Section::FirstHours, figures, D::FIRST_HOURS, words)),
        Block::Plot(plots::first_hours(figures, words)),
        Block::Heading { level: 2, text: words.say("annex-visits") },
        Block::Table(tables::visits(&figures.visits, words)),
        Block::Table(tables::delays(Section::Visits, figures, VISITS, words)),
        Block::Table(tables::means(Section::Visits, figures, VISITS, words)),
        Block::Plot(plots::waiting(figures, D::VisitRequestToAnswer, words)),
    ];
    blocks.extend(with_rows(tables::grounds(&figures.visits, words)));
    blocks.extend(with_rows(tables::evidence(&figures.visits, words)));
    blocks
}

fn investigation(figures: &Figures, words: &Words<'_>) -> Vec<Block> {
    vec![
        Block::Heading { level: 2, text: words.say("annex-rates-and-endings") },
        Block::Table(tables::rates(figures, words)),
        Block::Table(tables::endings(&figures.endings, words)),
        Block::Plot(plots::endings(&figures.endings, words)),
        Block::Heading { level: 2, text: words.say("annex-delays") },
        Block::Table(tables::delays(Section::Investigation, figures, INVESTIGATION, words)),
        Block::Table(tables::means(Section::Investigation, figures, INVESTIGATION, words)),
        Block::Plot(plots::waiting(figures, D::FilingToFirstResponse, words)),
        Block::Plot(plots::waiting(figures, D::RoutingToDecision, words)),
    ]
}

/// A table that has rows; one without says nothing.
fn with_rows(table: crate::report::table::Table) -> Vec<Block> {
    if table.rows.is_empty() { Vec::new() } else { vec![Block::Table(table)] }
}
