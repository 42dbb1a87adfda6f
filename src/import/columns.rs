//! The columns that a mapping names, and the cells of one row under them.

/// A column that the mapping names: its place in [`Columns`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ColumnId(usize);

/// The columns that the mapping names, each once.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns(Vec<String>);

impl Columns {
    /// The column of a name, added where it is new.
    pub fn intern(&mut self, name: &str) -> ColumnId {
        let known = self.0.iter().position(|column| column == name);
        ColumnId(known.unwrap_or_else(|| {
            self.0.push(name.to_owned());
            self.0.len() - 1
        }))
    }

    /// The name of a column.
    pub fn name(&self, column: ColumnId) -> &str {
        &self.0[column.0]
    }

    /// Finds every column in the header of a file.
    ///
    /// # Errors
    /// The names that the header lacks, or has more than once.
    pub fn bind(&self, header: &[String]) -> Result<Bound, Unbound> {
        let mut unbound = Unbound::default();
        let mut places = Vec::with_capacity(self.0.len());
        for name in &self.0 {
            let mut found = header.iter().enumerate().filter(|(_, column)| *column == name).map(|(place, _)| place);
            match (found.next(), found.next()) {
                (Some(place), None) => places.push(place),
                (Some(_), Some(_)) => unbound.twice.push(name.clone()),
                (None, _) => unbound.missing.push(name.clone()),
            }
        }
        if unbound.missing.is_empty() && unbound.twice.is_empty() { Ok(Bound(places)) } else { Err(unbound) }
    }
}

/// For each column that the mapping names: its place in the file.
#[derive(Clone, Debug)]
pub(super) struct Bound(Vec<usize>);

/// What the header of a file lacks.
#[derive(Debug, Default)]
pub(super) struct Unbound {
    /// Columns that it does not have.
    pub missing: Vec<String>,
    /// Columns that it has more than once.
    pub twice: Vec<String>,
}

/// The cells of one row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cells<'r> {
    /// Every cell of the row.
    pub all: &'r [&'r str],
    /// Where the columns of the mapping are among them.
    pub bound: &'r Bound,
    /// The names of those columns.
    pub columns: &'r Columns,
}

impl<'r> Cells<'r> {
    /// The cell under a column, without the blanks at its ends.
    pub fn text(&self, column: ColumnId) -> &'r str {
        self.all[self.bound.0[column.0]].trim()
    }

    /// The name of a column.
    pub fn name(&self, column: ColumnId) -> &'r str {
        self.columns.name(column)
    }
}

/// The form in which cells are compared: lower case, every run of blanks one blank.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().flat_map(char::to_lowercase));
    }
    folded
}

/// A text with cells in it, `{column}`; `{{` and `}}` stand for braces.
#[derive(Clone, Debug)]
pub(super) struct Template(Vec<Part>);

#[derive(Clone, Debug)]
enum Part {
    Text(String),
    Cell(ColumnId),
}

impl Template {
    /// Reads a template; `None` where a brace is not closed, or closes nothing.
    pub fn parse(text: &str, columns: &mut Columns) -> Option<Self> {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            plain.push_str(&rest[..at]);
            let (brace, after) = rest[at..].split_at(1);
            if after.starts_with(brace) {
                plain.push_str(brace);
                rest = &after[1..];
                continue;
            }
            let (name, after) = after.split_once('}').filter(|(name, _)| brace == "{" && !name.contains('{'))?;
            parts.push(Part::Text(std::mem::take(&mut plain)));
            parts.push(Part::Cell(columns.intern(name.trim())));
            rest = after;
        }
        plain.push_str(rest);
        parts.push(Part::Text(plain));
        Some(Self(parts))
    }

    /// The text with the cells of a row in it.
    pub fn fill(&self, cells: &Cells<'_>) -> String {
        let parts = self.0.iter().map(|part| match part {
            Part::Text(plain) => plain.as_str(),
            Part::Cell(column) => cells.text(*column),
        });
        parts.collect()
    }

    /// Whether it names columns, and all of them are empty.
    pub fn is_hollow(&self, cells: &Cells<'_>) -> bool {
        let mut named = self.columns().peekable();
        named.peek().is_some() && named.all(|column| cells.text(column).is_empty())
    }

    /// The first column that it names.
    pub fn first_column(&self) -> Option<ColumnId> {
        self.columns().next()
    }

    fn columns(&self) -> impl Iterator<Item = ColumnId> {
        self.0.iter().filter_map(|part| match part {
            Part::Cell(column) => Some(*column),
            Part::Text(_) => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(template: &str, row: &[&str]) -> Option<String> {
        let mut columns = Columns::default();
        columns.intern("a");
        columns.intern("b");
        let template = Template::parse(template, &mut columns)?;
        let bound = columns.bind(&["a".to_owned(), "b".to_owned()]).ok()?;
        let cells = Cells { all: row, bound: &bound, columns: &columns };
        Some(if template.is_hollow(&cells) { "hollow".to_owned() } else { template.fill(&cells) })
    }

    #[test]
    fn a_template_joins_cells() {
        assert_eq!(fill("{a} ({ b }) {{x}}", &[" one ", "two"]).as_deref(), Some("one (two) {x}"));
        assert_eq!(fill("said: {a}", &["", "two"]).as_deref(), Some("hollow"));
        assert_eq!(fill("said: {a}{b}", &["", "two"]).as_deref(), Some("said: two"));
        assert_eq!(fill("always", &["", ""]).as_deref(), Some("always"));
    }

    #[test]
    fn a_template_with_a_lone_brace_is_none() {
        for text in ["{a", "a}", "{a}}", "{қ", "{a {b}"] {
            assert_eq!(fill(text, &["", ""]), None, "{text}");
        }
    }

    #[test]
    fn cells_are_compared_without_case_and_spare_blanks() {
        assert_eq!(fold("  ARRESTEE-DURING  Arrest "), "arrestee-during arrest");
        assert_eq!(fold("ӘЙЕЛ"), "әйел");
    }
}
