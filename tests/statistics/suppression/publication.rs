//! Publications to attack: counts and sums as a reader has them, and the same as a ledger.

use aiqyn::statistics::{CellId, Ledger, Threshold};

/// Cells by number, and which are the sum of which.
#[derive(Debug, Clone, Default)]
pub struct Publication {
    pub values: Vec<u64>,
    pub derived: Vec<bool>,
    /// Total, parts.
    pub sums: Vec<(usize, Vec<usize>)>,
    columns: usize,
}

impl Publication {
    pub fn cell(&self, row: usize, column: usize) -> usize {
        row * self.columns + column
    }

    fn publish(&mut self, value: u64) -> usize {
        self.values.push(value);
        self.derived.push(false);
        self.values.len() - 1
    }

    fn derive(&mut self, value: u64) -> usize {
        self.values.push(value);
        self.derived.push(true);
        self.values.len() - 1
    }

    /// A printed total of the parts.
    fn total(&mut self, parts: Vec<usize>) -> usize {
        let total = self.publish(parts.iter().map(|&part| self.values[part]).sum());
        self.sums.push((total, parts));
        total
    }

    /// By cell, whether it is withheld (or never printed).
    pub fn withhold(&self, threshold: u64) -> Vec<bool> {
        let mut ledger = Ledger::new();
        let mut add = |(&value, &derived)| if derived { ledger.derive(value) } else { ledger.publish(value) };
        let cells: Vec<CellId> = self.values.iter().zip(&self.derived).map(&mut add).collect();
        for (total, parts) in &self.sums {
            let parts: Vec<CellId> = parts.iter().map(|&part| cells[part]).collect();
            match parts[..] {
                [part] => ledger.same(cells[*total], part).unwrap(),
                _ => ledger.adds_up(cells[*total], &parts).unwrap(),
            }
        }
        let withheld = ledger.withhold(Threshold::new(threshold).unwrap());
        let hides: Vec<bool> = cells.iter().map(|&cell| withheld.hides(cell)).collect();
        let printed = self.derived.iter().zip(&hides).filter(|(derived, hidden)| !**derived && **hidden);
        assert_eq!(withheld.count(), printed.count());
        hides
    }

    /// By cell, whether primary suppression alone would withhold it.
    pub fn only_small(&self, threshold: u64) -> Vec<bool> {
        let cells = self.values.iter().zip(&self.derived);
        cells.map(|(&value, &derived)| derived || (0 < value && value < threshold)).collect()
    }
}

/// Parts and their total.
pub fn row(parts: &[u64]) -> Publication {
    let mut publication = Publication::default();
    let parts = parts.iter().map(|&part| publication.publish(part)).collect();
    publication.total(parts);
    publication
}

/// Rows and columns with their totals and the grand total.
pub fn table(cells: &[Vec<u64>]) -> Publication {
    let mut publication = Publication { columns: cells[0].len(), ..Publication::default() };
    let rows = add_table(&mut publication, cells);
    let columns = publication.sums.iter().map(|sum| sum.0).collect();
    let totals = rows.into_iter().map(|row| publication.total(row)).collect();
    let grand = publication.total(totals);
    publication.sums.push((grand, columns));
    publication
}

/// Two tables whose rows have the same totals, printed in both. What the second lacks in a row is added to its last
/// column, or to the first's.
pub fn linked(left: &[Vec<u64>], right: &[Vec<u64>]) -> Publication {
    let (mut left, mut right) = (left.to_vec(), right.to_vec());
    for (left, right) in left.iter_mut().zip(&mut right) {
        let (l, r): (u64, u64) = (left.iter().sum(), right.iter().sum());
        *left.last_mut().unwrap() += r.saturating_sub(l);
        *right.last_mut().unwrap() += l.saturating_sub(r);
    }
    let mut publication = sharing_rows(&[left, right]);
    let totals: Vec<usize> = publication.sums.iter().map(|sum| sum.0).collect();
    for total in totals {
        let again = publication.publish(publication.values[total]);
        publication.sums.push((total, vec![again]));
    }
    publication
}

/// Layers of rows and columns, with every total there is: of one direction, of two, of all.
pub fn cube(layers: &[Vec<Vec<u64>>]) -> Publication {
    let mut publication = Publication { columns: layers[0][0].len(), ..Publication::default() };
    let mut cells: Vec<Vec<Vec<usize>>> = Vec::new();
    for rows in layers {
        let mut add = |row: &Vec<u64>| row.iter().map(|&count| publication.publish(count)).collect();
        cells.push(rows.iter().map(&mut add).collect());
    }
    // The layer of all layers, then the margins of each layer: a margin of sums is a sum of margins.
    let mut all = cells[0].clone();
    for (row, totals) in all.iter_mut().enumerate() {
        for (column, total) in totals.iter_mut().enumerate() {
            *total = publication.total(cells.iter().map(|layer| layer[row][column]).collect());
        }
    }
    let margins: Vec<Vec<usize>> =
        cells.iter().chain([&all]).map(|layer| add_margins(&mut publication, layer)).collect();
    let (all, layers) = margins.split_last().unwrap();
    for (place, &total) in all.iter().enumerate() {
        publication.sums.push((total, layers.iter().map(|layer| layer[place]).collect()));
    }
    publication
}

/// Adds the totals of rows, of columns, and of all; they, in this order.
fn add_margins(publication: &mut Publication, cells: &[Vec<usize>]) -> Vec<usize> {
    let mut margins: Vec<usize> = cells.iter().map(|row| publication.total(row.clone())).collect();
    let columns = (0..cells[0].len()).map(|column| cells.iter().map(|row| row[column]).collect());
    let columns: Vec<usize> = columns.map(|column| publication.total(column)).collect();
    let grand = publication.total(margins.clone());
    publication.sums.push((grand, columns.clone()));
    margins.extend(columns);
    margins.push(grand);
    margins
}

/// Tables whose rows have the same totals, and so the same grand total.
fn sharing_rows(tables: &[Vec<Vec<u64>>]) -> Publication {
    let mut publication = Publication { columns: tables[0][0].len(), ..Publication::default() };
    let (mut rows, mut columns) = (Vec::new(), Vec::new());
    for cells in tables {
        let before = publication.sums.len();
        rows.push(add_table(&mut publication, cells));
        columns.push(publication.sums[before..].iter().map(|sum| sum.0).collect::<Vec<_>>());
    }
    let totals: Vec<usize> = rows[0].iter().map(|row| publication.total(row.clone())).collect();
    for table in rows.split_off(1) {
        publication.sums.extend(totals.iter().copied().zip(table));
    }
    let grand = publication.total(totals);
    publication.sums.extend(columns.into_iter().map(|columns| (grand, columns)));
    publication
}

/// Adds cells and the totals of their columns; the rows, by cell.
fn add_table(publication: &mut Publication, cells: &[Vec<u64>]) -> Vec<Vec<usize>> {
    let mut add = |row: &Vec<u64>| row.iter().map(|&count| publication.publish(count)).collect();
    let rows: Vec<Vec<usize>> = cells.iter().map(&mut add).collect();
    for column in 0..cells[0].len() {
        publication.total(rows.iter().map(|row| row[column]).collect());
    }
    rows
}

/// Places within regions, and the country.
pub fn hierarchy(regions: &[Vec<u64>]) -> Publication {
    let mut publication = Publication::default();
    let mut totals = Vec::new();
    for places in regions {
        let places = places.iter().map(|&place| publication.publish(place)).collect();
        totals.push(publication.total(places));
    }
    publication.total(totals);
    publication
}

/// Of so many (both together) so many were refused (the first): the others are never printed. With totals.
pub fn rates(groups: &[(u64, u64)]) -> Publication {
    let mut publication = Publication::default();
    let (mut refused, mut others, mut requested) = (Vec::new(), Vec::new(), Vec::new());
    for &(no, yes) in groups {
        let parts = [publication.publish(no), publication.derive(yes)];
        refused.push(parts[0]);
        others.push(parts[1]);
        requested.push(publication.total(parts.to_vec()));
    }
    let all_others = publication.derive(others.iter().map(|&cell| publication.values[cell]).sum());
    publication.sums.push((all_others, others));
    let all_refused = publication.total(refused);
    let all = publication.total(requested);
    publication.sums.push((all, vec![all_refused, all_others]));
    publication
}

/// Many tables of the same complaints: rows are regions, and each table has columns of its own.
pub struct Tables {
    pub tables: usize,
    pub rows: usize,
    pub columns: usize,
    /// 0: many complaints in each region; 1: a few regions with few; 2: few everywhere.
    pub sparse: u64,
}

impl Tables {
    pub fn fill(&self, seed: u64) -> Publication {
        let mut random = seeded(seed);
        let sizes: Vec<u64> = (0..self.rows).map(|row| self.size(row, &mut random)).collect();
        let mut tables = vec![vec![vec![0; self.columns]; self.rows]; self.tables];
        for table in &mut tables {
            for (row, &size) in table.iter_mut().zip(&sizes) {
                for _ in 0..size {
                    // Uneven columns: the lesser of two draws.
                    let column = random(self.columns as u64).min(random(self.columns as u64));
                    row[usize::try_from(column).unwrap()] += 1;
                }
            }
        }
        sharing_rows(&tables)
    }

    fn size(&self, row: usize, random: &mut impl FnMut(u64) -> u64) -> u64 {
        match self.sparse {
            0 => 40 + random(200),
            1 if row % 7 == 3 => 1 + random(4),
            1 => 20 + random(100),
            _ => 3 + random(15),
        }
    }
}

/// Numbers below what is asked, the same for the same seed (Knuth's MMIX generator, upper bits).
pub fn seeded(seed: u64) -> impl FnMut(u64) -> u64 {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(1);
    move |below| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    }
}
