//! What the statistics cost: each method in memory, and the command from a CSV file to its JSON, at 10,000,
//! 100,000 and 1,000,000 waits with three endings in four groups; R and lifelines beside them where they are
//! installed. docs/performance.md says what came out. Nothing here fails on a figure.

#[path = "statistics/elsewhere.rs"]
mod elsewhere;
#[path = "statistics/methods.rs"]
mod methods;
#[path = "statistics/waits.rs"]
mod waits;

use std::error::Error;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use elsewhere::Elsewhere;
use methods::METHODS;
use waits::{Times, Waits};

const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    for times in [Times::WholeDays, Times::Real] {
        println!("\n# {times}, milliseconds, the median of several runs");
        println!("{:44} {:>10} {:>10} {:>12} {:>14}", "", "10,000", "100,000", "1,000,000", "times for ×10");
        let sets: Vec<Waits> = SIZES.iter().map(|&size| Waits::draw(size, times)).collect();
        let mut ours = Vec::new();
        for method in METHODS {
            let costs: Vec<f64> = sets.iter().map(|set| median(|| (method.run)(set))).collect();
            line(method.name, &costs);
            ours.push((method.name, costs[2]));
        }
        let files: Vec<_> = sets.iter().map(|set| folder.path().join(format!("{}.csv", set.len()))).collect();
        for (set, file) in sets.iter().zip(&files) {
            set.write(file)?;
        }
        let costs: Vec<f64> = files.iter().map(|file| median(|| survival(file))).collect();
        line(methods::COMMAND, &costs);
        ours.push((methods::COMMAND, costs[2]));
        println!("\n## 1,000,000 beside others, seconds");
        for other in Elsewhere::measure(&files[2])? {
            let cost = ours.iter().find(|(name, _)| *name == other.beside).map_or(f64::NAN, |(_, cost)| cost / 1e3);
            println!(
                "{:60} {:>9.3}   {:28} {cost:>8.4}   {:>7.1} times",
                other.what,
                other.seconds,
                other.beside,
                other.seconds / cost
            );
        }
    }
    Ok(())
}

fn line(name: &str, costs: &[f64]) {
    println!(
        "{name:44} {:>10.3} {:>10.3} {:>12.2} {:>6.1} {:>6.1}",
        costs[0],
        costs[1],
        costs[2],
        costs[1] / costs[0],
        costs[2] / costs[1]
    );
}

/// The program itself, as whoever has a file would start it.
fn survival(file: &Path) -> usize {
    let status = Command::new(env!("CARGO_BIN_EXE_aiqyn"))
        .args(["stats", "survival", "--json", "--group", "group"])
        .arg(file)
        .stdout(Stdio::null())
        .status();
    assert!(status.is_ok_and(|status| status.success()), "the command failed");
    1
}

/// Milliseconds, the median of up to 15 runs within three seconds or so.
fn median<T>(run: impl Fn() -> T) -> f64 {
    let begun = Instant::now();
    let mut costs = Vec::new();
    while costs.len() < 3 || (costs.len() < 15 && begun.elapsed().as_secs() < 3) {
        let start = Instant::now();
        std::hint::black_box(run());
        costs.push(start.elapsed().as_secs_f64() * 1e3);
    }
    costs.sort_by(f64::total_cmp);
    costs[costs.len() / 2]
}
