//! An attack on released figures: what a reader knows, as a linear program, and how far each withheld count can lie from
//! where it does.

use std::collections::BTreeMap;
use std::sync::Arc;

use aiqyn::measures::disclosure::Released;
use aiqyn::measures::statistics::Statistics;
use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};

use crate::cells::{Cells, cells};
use crate::reader::Reader;

/// Narrower than this, and the count is as good as told.
const WIDE_ENOUGH: f64 = 5.0;

/// No count is larger.
const LARGEST: f64 = 1e6;

/// Everything that was told, and the truth: the counts of the whole, and of groups those that were told, by the
/// breakdown, the group and the count.
pub struct Attack<'r> {
    reader: &'r Reader,
    told: Cells,
    truth: BTreeMap<String, u64>,
    /// A count of the whole and those of the groups that sum to it.
    sums: Vec<(String, Vec<String>)>,
}

impl<'r> Attack<'r> {
    /// On a release of these figures.
    pub fn on(reader: &'r Reader, released: &Released, whole: &Statistics, breakdowns: &[Arc<Statistics>]) -> Self {
        let truth: BTreeMap<String, u64> =
            cells(&whole.all).into_iter().filter_map(|(name, count)| Some((name, count?))).collect();
        let mut told = cells(&released.whole().all);
        told.retain(|name, _| truth.contains_key(name));
        let mut attack = Self { reader, told, truth, sums: Vec::new() };
        for (told, truth) in released.breakdowns().iter().zip(breakdowns) {
            let by = told.by.unwrap();
            let counts = of_groups(told);
            for name in counts {
                let mut parts = Vec::new();
                for ((group, told), (_, truth)) in told.groups.iter().zip(&truth.groups) {
                    let part = format!("{by}/{group}/{name}");
                    attack.told.insert(part.clone(), cells(told)[&name]);
                    attack.truth.insert(part.clone(), cells(truth)[&name].unwrap());
                    parts.push(part);
                }
                attack.sums.push((name, parts));
            }
        }
        attack
    }

    /// The same figures with small counts withheld, and nothing beside them.
    pub fn with_small_counts_alone_withheld(mut self) -> Self {
        for (name, told) in &mut self.told {
            *told = Some(self.truth[name]).filter(|count| *count == 0 || *count >= 5);
        }
        self
    }

    /// The withheld counts that a reader can bound too closely, with their bounds and how many were withheld.
    pub fn exposed(&self) -> (Vec<String>, usize) {
        let withheld: Vec<&String> =
            self.told.iter().filter(|(_, count)| count.is_none()).map(|(name, _)| name).collect();
        let exposed = withheld.iter().filter_map(|name| {
            let [low, high] =
                [OptimizationDirection::Minimize, OptimizationDirection::Maximize].map(|way| self.extreme(name, way));
            (high - low < WIDE_ENOUGH - 1e-6).then(|| format!("{name} is {}: {low} to {high}", self.truth[*name]))
        });
        (exposed.collect(), withheld.len())
    }

    fn extreme(&self, target: &str, way: OptimizationDirection) -> f64 {
        let mut program = Program { problem: Problem::new(way), variables: BTreeMap::new(), target };
        // What is untrue of these figures, the reader of no case would know.
        let holds = |terms: &[(String, i64)]| terms.iter().map(|(name, by)| by * self.value(name)).sum::<i64>() == 0;
        for equation in self.reader.equations.iter().filter(|terms| holds(terms)) {
            program.add(self, equation, ComparisonOp::Eq);
        }
        for (part, whole) in self.reader.parts.iter().filter(|(part, whole)| self.value(part) <= self.value(whole)) {
            program.add(self, &[(part.clone(), 1), (whole.clone(), -1)], ComparisonOp::Le);
        }
        for (total, parts) in &self.sums {
            let mut terms: Vec<(String, i64)> = parts.iter().map(|part| (part.clone(), 1)).collect();
            terms.push((total.clone(), -1));
            program.add(self, &terms, ComparisonOp::Eq);
            for part in parts.iter().filter(|part| !part.ends_with("/cases")) {
                let cases = format!("{}/cases", part.rsplit_once('/').unwrap().0);
                program.add(self, &[(part.clone(), 1), (cases, -1)], ComparisonOp::Le);
            }
        }
        let variable = program.variable(target, true);
        program.problem.solve().unwrap().into_solution().unwrap().var_value(variable)
    }

    fn value(&self, name: &str) -> i64 {
        i64::try_from(self.truth.get(name).copied().unwrap_or(0)).unwrap()
    }
}

/// Which counts of groups are told.
fn of_groups(statistics: &Statistics) -> Vec<String> {
    let rates = statistics.groups.first().map(|(_, figures)| figures.rates.as_slice()).unwrap_or_default();
    let numerator = |rate: &aiqyn::measures::statistics::RateRow| format!("rates.{}.of_all.numerator", rate.measure);
    ["cases".to_owned()].into_iter().chain(rates.iter().map(numerator)).collect()
}

struct Program<'t> {
    problem: Problem,
    variables: BTreeMap<String, Variable>,
    target: &'t str,
}

impl Program<'_> {
    fn add(&mut self, attack: &Attack<'_>, terms: &[(String, i64)], is: ComparisonOp) {
        let mut row = Vec::new();
        let mut known = 0;
        for (name, by) in terms {
            match attack.told.get(name) {
                Some(Some(count)) => known += by * i64::try_from(*count).unwrap(),
                // A row that was left out may be of nobody; one that was withheld is not.
                told => {
                    #[allow(clippy::cast_precision_loss)]
                    row.push((self.variable(name, told.is_some()), *by as f64));
                }
            }
        }
        if !row.is_empty() {
            #[allow(clippy::cast_precision_loss)]
            self.problem.add_constraint(row, is, -known as f64);
        }
    }

    fn variable(&mut self, name: &str, is_withheld: bool) -> Variable {
        if let Some(variable) = self.variables.get(name) {
            return *variable;
        }
        let weight = if name == self.target { 1.0 } else { 0.0 };
        let variable = self.problem.add_var(weight, (if is_withheld { 1.0 } else { 0.0 }, LARGEST));
        self.variables.insert(name.to_owned(), variable);
        variable
    }
}
