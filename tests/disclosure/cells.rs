//! Every count of figures, by where it stands in what is sent.

use std::collections::BTreeMap;

use aiqyn::measures::curve::Curve;
use aiqyn::measures::statistics::Figures;
use serde_json::Value;

/// Fields of the figures that are numbers but count nobody.
const NOT_COUNTS: &[&str] = &[
    "estimate",
    "lo",
    "hi",
    "se",
    "share",
    "days",
    "horizon_days",
    "shortest",
    "longest",
    "longest_open",
    "mean_of_ended",
    "reported_below",
    "chi_square",
    "degrees_of_freedom",
    "p",
    "expected",
];

/// Counts by name; none where one is withheld.
pub type Cells = BTreeMap<String, Option<u64>>;

/// All counts of figures, those beneath the curves too.
pub fn cells(figures: &Figures) -> Cells {
    let mut found = Cells::new();
    gather(&serde_json::to_value(figures).unwrap(), "", &mut found);
    for row in &figures.delays {
        at_risk(&format!("delays.{}", row.measure), &row.figures.curve, &mut found);
    }
    at_risk("endings", &figures.endings.curves.still_open, &mut found);
    for (ending, curve) in &figures.endings.curves.endings {
        at_risk(&format!("endings.{ending}"), curve, &mut found);
    }
    found
}

fn at_risk(name: &str, curve: &Curve, found: &mut Cells) {
    for (days, count) in &curve.at_risk {
        found.insert(format!("{name}.at_risk.{days}"), count.shown());
    }
}

fn gather(value: &Value, at: &str, found: &mut Cells) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| gather(item, &format!("{at}.{}", named(item)), found)),
        Value::Object(fields) => {
            for (field, item) in fields.iter().filter(|(field, _)| !NOT_COUNTS.contains(&field.as_str())) {
                let at = if at.is_empty() { field.clone() } else { format!("{at}.{field}") };
                match item {
                    Value::Number(count) => drop(found.insert(at, Some(count.as_u64().unwrap()))),
                    Value::Null => drop(found.insert(at, None)),
                    deeper => gather(deeper, &at, found),
                }
            }
        }
        _ => {}
    }
}

/// What tells a row of a table from the others.
fn named(row: &Value) -> String {
    let Value::Object(fields) = row else { return String::new() };
    let words: Vec<&str> = fields.values().filter_map(Value::as_str).collect();
    let days = fields.get("days").map(Value::to_string);
    days.into_iter().chain([words.join("-")]).find(|name| !name.is_empty()).unwrap()
}
