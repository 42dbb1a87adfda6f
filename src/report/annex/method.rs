//! How to read the figures, in plain words.

use super::Annex;
use super::words::Words;
use crate::report::document::Block;

/// The paragraphs, in order: the key of each begins with `annex-reading-`.
const PARAGRAPHS: &[&str] = &["open", "median", "mean", "endings", "interval", "clock", "precision", "deadline"];

pub(super) fn blocks(annex: &Annex, words: &Words<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Heading { level: 1, text: words.say("annex-reading") }];
    let paragraph = |name: &&str| Block::Paragraph(words.say(&format!("annex-reading-{name}")));
    blocks.extend(PARAGRAPHS.iter().map(paragraph));
    let known = words.fill("annex-reading-known", &[("day", words.day(annex.known_on))]);
    blocks.push(Block::Paragraph(known));
    blocks.push(Block::Paragraph(words.withheld_meaning()));
    blocks
}
