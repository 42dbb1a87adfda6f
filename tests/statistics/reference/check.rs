//! Compares figures at the reference's tolerances, counts them, and keeps what was wrong.

use std::collections::BTreeMap;

use serde_json::Value;

/// Counts what was compared and keeps what was wrong.
#[derive(Default)]
pub struct Check {
    pub compared: BTreeMap<&'static str, usize>,
    pub wrong: Vec<String>,
}

impl Check {
    pub fn total(&self) -> usize {
        self.compared.values().sum()
    }

    /// 1e-9 absolute.
    pub fn estimate(&mut self, block: &'static str, what: &str, actual: Option<f64>, expected: &Value) {
        self.compare(block, what, actual, expected, |e| 1e-9 + 0.0 * e);
    }

    /// 1e-8 relative; the floor lets an exact 0 meet the reference's 2.8e-17.
    pub fn relative(&mut self, block: &'static str, what: &str, actual: Option<f64>, expected: &Value) {
        self.compare(block, what, actual, expected, |e| 1e-8 * e.abs() + 1e-15);
    }

    /// Counts and quantiles.
    pub fn exact(&mut self, block: &'static str, what: &str, actual: Option<f64>, expected: &Value) {
        self.compare(block, what, actual, expected, |_| 0.0);
    }

    fn compare(
        &mut self,
        block: &'static str,
        what: &str,
        actual: Option<f64>,
        expected: &Value,
        tolerance: impl Fn(f64) -> f64,
    ) {
        *self.compared.entry(block).or_default() += 1;
        let agrees = match (actual, expected) {
            (None, Value::Null) => !what.ends_with("missing"),
            (Some(actual), Value::Number(expected)) => {
                let expected = expected.as_f64().unwrap();
                (actual - expected).abs() <= tolerance(expected)
            }
            _ => false,
        };
        if !agrees {
            self.wrong.push(format!("{block} {what}: {actual:?}, expected {expected}"));
        }
    }
}
