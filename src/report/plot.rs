//! Curves over time with the numbers at risk beneath: what a plot shows, also as tables of data. Not how it is drawn.

use super::document::Words;
use super::table::{Cell, Column, Kind, Table};

/// A plot of step curves from 0 to 100 % over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Plot {
    /// The name of its data file, in `snake_case`, one for each table and plot of a document.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// What a reader must know to read it right.
    pub note: Option<String>,
    /// The title of the time axis, with the unit.
    pub x_title: String,
    /// The title of the other axis.
    pub y_title: String,
    /// Where the curves start.
    pub start: Start,
    /// The curves; four can be told apart at once.
    pub curves: Vec<Curve>,
    /// The numbers at risk at some times.
    pub at_risk: Option<AtRisk>,
    /// What one sees, in words, for who cannot see it.
    pub alternative_text: String,
}

/// Where curves start at time 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// At 100 %, and they fall: survival.
    One,
    /// At 0 %, and they rise: cumulative incidence.
    Zero,
}

impl Start {
    pub(super) fn estimate(self) -> f64 {
        match self {
            Self::One => 1.0,
            Self::Zero => 0.0,
        }
    }
}

/// One curve: constant between its steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// Whom or what it is about.
    pub name: String,
    /// Its steps, earliest first.
    pub steps: Vec<CurvePoint>,
    /// Until when it is known, in the unit of the time axis; after the last step, it runs on until here.
    pub last_time: f64,
}

/// A step of a curve: the estimate from this time on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurvePoint {
    /// When, in the unit of the time axis; from 0.
    pub time: f64,
    /// The estimate, from 0 to 1.
    pub estimate: f64,
    /// The lower end of the 95 % interval.
    pub low: Option<f64>,
    /// The upper end of the 95 % interval.
    pub high: Option<f64>,
}

/// How many had neither ended nor been censored just before some times.
#[derive(Debug, Clone, PartialEq)]
pub struct AtRisk {
    /// What the numbers are: `Number at risk`.
    pub title: String,
    /// The times, rising; they are the ticks of the time axis.
    pub times: Vec<f64>,
    /// A name, mostly a curve's, and a number for each time; none where it is withheld.
    pub rows: Vec<(String, Vec<Option<u64>>)>,
}

impl Plot {
    /// Whether there is anything to draw.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.curves.iter().all(|curve| curve.steps.is_empty() && curve.last_time <= 0.0)
    }

    /// The curves as a table: one row a step.
    #[must_use]
    pub fn data(&self, words: &Words) -> Table {
        let rows = self.curves.iter().flat_map(|curve| {
            curve.steps.iter().map(|step| {
                vec![
                    Cell::Text(curve.name.clone()),
                    Cell::Number { value: step.time, decimals: 1 },
                    Cell::Share(step.estimate),
                    step.low.map_or(Cell::Empty, Cell::Share),
                    step.high.map_or(Cell::Empty, Cell::Share),
                ]
            })
        });
        Table {
            id: self.id.clone(),
            title: self.title.clone(),
            note: self.note.clone(),
            columns: vec![
                column("curve", &words.curve.name, Kind::Text),
                column("time", &self.x_title, Kind::Number),
                Column { definition: self.y_title.clone(), ..column("estimate", &words.curve.estimate, Kind::Share) },
                column("low", &words.curve.low, Kind::Share),
                column("high", &words.curve.high, Kind::Share),
            ],
            rows: rows.collect(),
        }
    }

    /// The numbers at risk as a table: one row a time; none where the plot has none.
    #[must_use]
    pub fn at_risk_data(&self) -> Option<Table> {
        let at_risk = self.at_risk.as_ref()?;
        let of_rows = at_risk.rows.iter().enumerate().map(|(place, (name, _))| {
            let id = format!("at_risk_{}", place + 1);
            Column { definition: at_risk.title.clone(), ..column(&id, name, Kind::Count) }
        });
        let rows = at_risk.times.iter().enumerate().map(|(place, time)| {
            let numbers = at_risk.rows.iter().map(|(_, numbers)| match numbers.get(place) {
                Some(Some(number)) => Cell::Count(*number),
                Some(None) => Cell::Withheld,
                None => Cell::Empty,
            });
            std::iter::once(Cell::Number { value: *time, decimals: 1 }).chain(numbers).collect()
        });
        Some(Table {
            id: format!("{}_at_risk", self.id),
            title: format!("{}: {}", self.title, at_risk.title),
            note: None,
            columns: std::iter::once(column("time", &self.x_title, Kind::Number)).chain(of_rows).collect(),
            rows: rows.collect(),
        })
    }
}

fn column(id: &str, title: &str, kind: Kind) -> Column {
    Column { id: id.to_owned(), title: title.to_owned(), definition: title.to_owned(), unit: None, kind }
}
