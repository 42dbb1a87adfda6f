//! An attack on the counts of delays in a released breakdown: what a reader knows, as a linear program, and how far each
//! withheld count can lie from where it does.

use aiqyn::measures::count::Count;
use aiqyn::measures::delay_figures::DelayFigures;
use aiqyn::measures::statistics::{Figures, Statistics};
use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};

/// Narrower than this, and the count is as good as told.
const WIDE_ENOUGH: f64 = 5.0;

/// The counts of one delay: the first is the sum of the others.
fn counts(figures: &DelayFigures) -> [Count; 5] {
    [figures.n, figures.ended, figures.ended_otherwise, figures.lost, figures.open]
}

/// The withheld counts that a reader can bound too closely, with their bounds.
pub fn attacked(released: &Statistics, truth: &Statistics) -> Vec<String> {
    let mut exposed = Vec::new();
    for place in 0..truth.all.delays.len() {
        let of = |figures: &Figures| counts(&figures.delays[place].figures);
        let rows: Vec<[Count; 5]> =
            [&released.all].into_iter().chain(released.groups.iter().map(|(_, figures)| figures)).map(of).collect();
        for row in 0..rows.len() {
            for column in 0..5 {
                if rows[row][column].shown().is_some() {
                    continue;
                }
                let low = extreme(&rows, (row, column), OptimizationDirection::Minimize);
                let high = extreme(&rows, (row, column), OptimizationDirection::Maximize);
                if high - low < WIDE_ENOUGH {
                    let measure = truth.all.delays[place].measure;
                    exposed.push(format!("{measure}, row {row}, column {column}: {low} to {high}"));
                }
            }
        }
    }
    exposed
}

/// The least or the most that one count can be: the first row is the sum of the others, the first column of the others.
fn extreme(rows: &[[Count; 5]], (row, column): (usize, usize), direction: OptimizationDirection) -> f64 {
    let mut problem = Problem::new(direction);
    let variables: Vec<Vec<Variable>> = rows
        .iter()
        .enumerate()
        .map(|(r, counts)| {
            let variable = |(c, count): (usize, &Count)| {
                let weight = if (r, c) == (row, column) { 1.0 } else { 0.0 };
                #[allow(clippy::cast_precision_loss)]
                let bounds = count.shown().map_or((0.0, 1e6), |count| (count as f64, count as f64));
                problem.add_var(weight, bounds)
            };
            counts.iter().enumerate().map(variable).collect()
        })
        .collect();
    for row in &variables {
        let mut terms = vec![(row[0], -1.0)];
        terms.extend(row[1..].iter().map(|part| (*part, 1.0)));
        problem.add_constraint(terms, ComparisonOp::Eq, 0.0);
    }
    for column in 0..5 {
        let mut terms = vec![(variables[0][column], -1.0)];
        terms.extend(variables[1..].iter().map(|row| (row[column], 1.0)));
        problem.add_constraint(terms, ComparisonOp::Eq, 0.0);
    }
    problem.solve().unwrap().into_solution().unwrap().var_value(variables[row][column])
}
