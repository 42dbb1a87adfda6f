//! Reads what was written: archives, their CSV files, and the XML of sheets.

use std::io::{Cursor, Read};

use zip::ZipArchive;

/// A file of an archive, as text.
pub fn file(archive: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap_or_else(|error| panic!("{name}: {error}")).read_to_string(&mut text).unwrap();
    text
}

/// The names of an archive's files.
pub fn names(archive: &[u8]) -> Vec<String> {
    ZipArchive::new(Cursor::new(archive)).unwrap().file_names().map(|name| name.unwrap().into_owned()).collect()
}

/// The records of a CSV file, its heading among them.
pub fn records(text: &str) -> Vec<Vec<String>> {
    let reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.into_records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// A cell of a sheet as the file has it.
#[derive(Debug, PartialEq)]
pub enum Stored {
    /// A number, and the pattern by which it is shown.
    Number(f64, String),
    /// A text.
    Text(String),
}

/// The cell of a workbook at a place such as `B4`; the first sheet is 1.
pub fn cell(workbook: &[u8], sheet: usize, place: &str) -> Option<Stored> {
    let text = file(workbook, &format!("xl/worksheets/sheet{sheet}.xml"));
    let parsed = roxmltree::Document::parse(&text).unwrap();
    let cell = parsed.descendants().find(|node| node.has_tag_name_local("c") && node.attribute("r") == Some(place))?;
    assert!(!cell.children().any(|child| child.has_tag_name_local("f")), "{place} is a formula");
    let value = cell.children().find(|child| child.has_tag_name_local("v"))?.text()?;
    if cell.attribute("t") == Some("s") {
        return Some(Stored::Text(shared_text(workbook, value.parse().unwrap())));
    }
    let style = cell.attribute("s").map_or(0, |style| style.parse().unwrap());
    Some(Stored::Number(value.parse().unwrap(), pattern(workbook, style)))
}

fn shared_text(workbook: &[u8], index: usize) -> String {
    let text = file(workbook, "xl/sharedStrings.xml");
    let parsed = roxmltree::Document::parse(&text).unwrap();
    let item = parsed.descendants().filter(|node| node.has_tag_name_local("si")).nth(index).unwrap();
    item.descendants().filter_map(|node| node.has_tag_name_local("t").then(|| node.text()).flatten()).collect()
}

/// The number format of a style: its pattern, or the number of one that every reader knows.
fn pattern(workbook: &[u8], style: usize) -> String {
    let text = file(workbook, "xl/styles.xml");
    let parsed = roxmltree::Document::parse(&text).unwrap();
    let styles = parsed.descendants().find(|node| node.has_tag_name_local("cellXfs")).unwrap();
    let id = styles.children().filter(roxmltree::Node::is_element).nth(style).unwrap().attribute("numFmtId").unwrap();
    let own =
        parsed.descendants().find(|node| node.has_tag_name_local("numFmt") && node.attribute("numFmtId") == Some(id));
    own.and_then(|node| node.attribute("formatCode")).unwrap_or(id).to_owned()
}

trait LocalName {
    fn has_tag_name_local(&self, name: &str) -> bool;
}

impl LocalName for roxmltree::Node<'_, '_> {
    fn has_tag_name_local(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }
}
