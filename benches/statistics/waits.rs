//! Invented waits of any number.

use std::fmt;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use aiqyn::statistics::{Ending, Observation};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// How finely time is told.
#[derive(Clone, Copy)]
pub enum Times {
    /// Whole days, up to some eight years: ties abound.
    WholeDays,
    /// Real numbers without a tie to speak of.
    Real,
}

/// Waits in four groups of unequal pace, each with three endings and a fifth still open.
pub struct Waits {
    pub observations: Vec<Observation>,
    pub groups: Vec<Vec<Observation>>,
    group_of: Vec<usize>,
}

const GROUPS: [&str; 4] = ["north", "south", "west", "east"];

impl Waits {
    /// Always the same for the same size.
    pub fn draw(size: usize, times: Times) -> Self {
        let mut chance = ChaCha8Rng::seed_from_u64(20_140_516);
        let mut waits = Self { observations: Vec::new(), groups: vec![Vec::new(); GROUPS.len()], group_of: Vec::new() };
        for _ in 0..size {
            let group = chance.random_range(0..GROUPS.len());
            let pace = [1.0, 1.05, 0.95, 1.0][group];
            let wait = (-400.0 * (1.0 - chance.random::<f64>()).ln() / pace).min(3000.0);
            let exit = match times {
                Times::WholeDays => wait.floor(),
                Times::Real => wait,
            };
            let outcome = [0, 1, 1, 2, 3][chance.random_range(0..5_usize)];
            let observation = Observation::from_origin(exit, Ending::from_outcome(outcome)).expect("a time");
            waits.observations.push(observation);
            waits.groups[group].push(observation);
            waits.group_of.push(group);
        }
        waits
    }

    pub fn len(&self) -> usize {
        self.observations.len()
    }

    /// The same as a file.
    pub fn write(&self, path: &Path) -> std::io::Result<()> {
        let mut file = BufWriter::new(File::create(path)?);
        writeln!(file, "subject,entry_days,exit_days,outcome,group")?;
        for (row, (wait, &group)) in self.observations.iter().zip(&self.group_of).enumerate() {
            writeln!(file, "{},0,{},{},{}", row + 1, wait.exit(), wait.ending().outcome(), GROUPS[group])?;
        }
        file.flush()
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::WholeDays => "Whole days",
            Self::Real => "Real times without ties",
        })
    }
}
