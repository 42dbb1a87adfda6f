//! What cases add to the counters of a tally. It is a row of numbers, and any few neighbours of it are the same in thousands
//! of cases: each run of neighbours is kept once, and given so many times at once.

use std::collections::HashMap;
use std::sync::Arc;

use super::TooMuch;
use crate::measures::code_counts::CodeCounter;
use crate::measures::counters::Counters;
use crate::measures::tallies::Tallies;

/// How many neighbours are one run.
const RUN: usize = 16;

/// Bits of an addend that hold how much is added; above them stands the counter to which.
const AMOUNT_BITS: u32 = 20;
const MOST_AT_ONCE: u32 = (1 << AMOUNT_BITS) - 1;
const MOST_COUNTERS: usize = 1 << (u32::BITS - AMOUNT_BITS);

/// How much is added to one counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Addend(u32);

impl Addend {
    fn counter(self) -> usize {
        (self.0 >> AMOUNT_BITS) as usize
    }

    fn amount(self) -> u64 {
        (self.0 & MOST_AT_ONCE).into()
    }
}

/// What is added in one run, each once, and numbered.
#[derive(Debug, Default)]
struct Run {
    additions: Vec<Arc<[Addend]>>,
    numbers: HashMap<Arc<[Addend]>, u16>,
}

impl Run {
    fn number(&mut self, addends: &[Addend]) -> Result<u16, TooMuch> {
        if let Some(number) = self.numbers.get(addends) {
            return Ok(*number);
        }
        let number = u16::try_from(self.additions.len()).map_err(|_| TooMuch)?;
        let addends: Arc<[Addend]> = addends.into();
        self.additions.push(addends.clone());
        self.numbers.insert(addends, number);
        Ok(number)
    }
}

/// Everything that cases add.
#[derive(Debug, Default)]
pub(super) struct Contributions {
    /// Of each run of counters what is added there; the last is that of what is counted by code.
    runs: Vec<Run>,
    /// What each adds in each run, by its number there: as many numbers each as there are runs.
    numbers: Vec<u16>,
    /// What is counted by code, counted on after the plain counters.
    codes: Vec<(CodeCounter, String)>,
    row: Vec<u64>,
    addends: Vec<Addend>,
}

/// How often each contribution was met.
#[derive(Debug)]
pub(super) struct Met {
    /// How often what is added in a run was, by its number; one run after the other.
    times: Vec<u32>,
}

impl Contributions {
    /// Takes out what each adds, to be kept anew in another order.
    pub(super) fn take_numbers(&mut self) -> Vec<u16> {
        let numbers = std::mem::take(&mut self.numbers);
        self.numbers.reserve_exact(numbers.len());
        numbers
    }

    /// Keeps one of those that were taken out; its place from now on.
    pub(super) fn keep_numbers(&mut self, contribution: u32, taken: &[u16]) -> u32 {
        let length = self.runs.len().max(1);
        let place = self.numbers.len() / length;
        self.numbers.extend_from_slice(taken.chunks_exact(length).nth(contribution as usize).unwrap_or_default());
        place as u32
    }

    /// The place of what was counted; it is taken out of the tallies.
    pub(super) fn take(&mut self, tallies: &mut Tallies) -> Result<u32, TooMuch> {
        self.row.clear();
        tallies.each_counter(&mut |counter| self.row.push(std::mem::take(counter)));
        let plain = self.row.len();
        let mut by_code = Vec::new();
        tallies.each_code(&mut |counter, code, count| {
            let known = self.codes.iter().position(|(known, of)| *known == counter && of == code);
            let place = known.unwrap_or_else(|| {
                self.codes.push((counter, code.to_owned()));
                self.codes.len() - 1
            });
            by_code.push((plain + place, count));
        });
        self.runs.resize_with(plain.div_ceil(RUN) + 1, Run::default);
        let place_of_this = u32::try_from(self.numbers.len() / self.runs.len()).map_err(|_| TooMuch)?;
        for (place, (run, counts)) in self.runs.iter_mut().zip(self.row.chunks(RUN)).enumerate() {
            self.addends.clear();
            for (counter, count) in (place * RUN..).zip(counts) {
                add(&mut self.addends, counter, *count)?;
            }
            self.numbers.push(run.number(&self.addends)?);
        }
        self.addends.clear();
        for (counter, count) in &by_code {
            add(&mut self.addends, *counter, *count)?;
        }
        if let Some(run) = self.runs.last_mut() {
            self.numbers.push(run.number(&self.addends)?);
        }
        if !by_code.is_empty() {
            *tallies = Tallies::default();
        }
        Ok(place_of_this)
    }

    /// Where nothing was met yet.
    pub(super) fn none_met(&self) -> Met {
        Met { times: vec![0; self.runs.iter().map(|run| run.additions.len()).sum()] }
    }

    /// Where what is added in each run begins, of what was met.
    pub(super) fn begins(&self) -> Vec<usize> {
        self.runs.iter().scan(0, |next, run| Some(std::mem::replace(next, *next + run.additions.len()))).collect()
    }

    /// Notes that a contribution was met; `begins` is what [`Self::begins`] says.
    pub(super) fn meet(&self, contribution: u32, begins: &[usize], met: &mut Met) {
        let from = contribution as usize * begins.len();
        let numbers = self.numbers.get(from..from + begins.len()).unwrap_or_default();
        for (number, begin) in numbers.iter().zip(begins) {
            if let Some(times) = met.times.get_mut(begin + usize::from(*number)) {
                *times += 1;
            }
        }
    }

    /// Gives every contribution as many times as it was met.
    pub(super) fn give(&self, met: &Met, tallies: &mut Tallies) {
        let mut sums = Vec::new();
        tallies.each_counter(&mut |_| sums.push(0));
        let plain = sums.len();
        sums.resize(plain + self.codes.len(), 0);
        let mut times = met.times.as_slice();
        for run in &self.runs {
            let (of_run, of_others) = times.split_at_checked(run.additions.len()).unwrap_or((times, &[]));
            for (list, times) in run.additions.iter().zip(of_run).filter(|(_, times)| **times > 0) {
                for addend in &**list {
                    if let Some(sum) = sums.get_mut(addend.counter()) {
                        *sum += addend.amount() * u64::from(*times);
                    }
                }
            }
            times = of_others;
        }
        let by_code = sums.split_off(plain);
        let mut sums = sums.into_iter();
        tallies.each_counter(&mut |counter| *counter += sums.next().unwrap_or(0));
        for ((counter, code), sum) in self.codes.iter().zip(by_code).filter(|(_, sum)| *sum > 0) {
            tallies.add_to_code(*counter, code, sum);
        }
    }
}

/// Notes how much is added to a counter, in as many pieces as it takes.
fn add(list: &mut Vec<Addend>, counter: usize, count: u64) -> Result<(), TooMuch> {
    if count == 0 {
        return Ok(());
    }
    let counter = u32::try_from(counter).ok().filter(|_| counter < MOST_COUNTERS).ok_or(TooMuch)?;
    let mut rest = u32::try_from(count).map_err(|_| TooMuch)?;
    while rest > 0 {
        let some = rest.min(MOST_AT_ONCE);
        list.push(Addend(counter << AMOUNT_BITS | some));
        rest -= some;
    }
    Ok(())
}
