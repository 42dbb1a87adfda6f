//! The records of a CSV file, one at a time, with the lines on which they begin.
//!
//! Beneath is `csv-core`. The `csv` crate would let an unclosed quote swallow the rest of the file
//! into memory, and names the line before the right one where lines end in CR LF or are blank.

use std::io::{self, BufRead, BufReader, Read};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// The most bytes that one record may have.
pub(super) const LONGEST: usize = 4 << 20;

/// The most cells that one record may have.
const MOST_CELLS: usize = 1 << 16;

/// The records of a file.
pub(super) struct Records<R> {
    input: BufReader<R>,
    core: Reader,
    lines: Lines,
    bytes: Vec<u8>,
    ends: Vec<usize>,
    length: usize,
    cells: usize,
    too_long: bool,
}

/// How reading the next record went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// A record, which begins on this line.
    Record(u64),
    /// A record of more than [`LONGEST`] bytes; it was skipped.
    TooLong(u64),
    /// A quote was open when the file ended.
    Unclosed(u64),
    /// There is none.
    End,
}

impl<R: Read> Records<R> {
    /// The records of a file whose cells are parted by `delimiter`.
    pub fn new(input: R, delimiter: u8) -> Self {
        Self {
            input: BufReader::with_capacity(1 << 16, input),
            core: ReaderBuilder::new().delimiter(delimiter).build(),
            lines: Lines { current: 1, after_return: false },
            bytes: vec![0; 1 << 12],
            ends: vec![0; 1 << 6],
            length: 0,
            cells: 0,
            too_long: false,
        }
    }

    /// Whether the file begins with one of these bytes, of which none may be longer than the first piece that comes of it.
    ///
    /// # Errors
    /// What the input says.
    pub fn begins_with_any_of(&mut self, beginnings: &[&[u8]]) -> io::Result<bool> {
        let first = filled(&mut self.input)?;
        Ok(beginnings.iter().any(|beginning| first.starts_with(beginning)))
    }

    /// Reads the next record. Lines with nothing on them are passed over.
    ///
    /// # Errors
    /// What the input says.
    pub fn next(&mut self) -> io::Result<Next> {
        if !self.skip_blank_lines()? {
            return Ok(Next::End);
        }
        let line = self.lines.current;
        (self.length, self.cells, self.too_long) = (0, 0, false);
        loop {
            let chunk = filled(&mut self.input)?;
            let ended = chunk.is_empty();
            // At the end, a line break closes a last record that has none, unless a quote is open.
            let chunk: &[u8] = if ended { b"\n" } else { chunk };
            let (result, read, written, cells) =
                self.core.read_record(chunk, &mut self.bytes[self.length..], &mut self.ends[self.cells..]);
            if !ended {
                self.lines.count(&chunk[..read]);
                self.input.consume(read);
            }
            self.length += written;
            self.cells += cells;
            match result {
                ReadRecordResult::Record if self.too_long => {
                    self.cells = 0;
                    return Ok(Next::TooLong(line));
                }
                ReadRecordResult::Record => return Ok(Next::Record(line)),
                ReadRecordResult::InputEmpty if ended => {
                    self.cells = 0;
                    return Ok(Next::Unclosed(line));
                }
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.make_room(),
                ReadRecordResult::OutputEndsFull => self.make_room_for_ends(),
                ReadRecordResult::End => return Ok(Next::End),
            }
        }
    }

    /// The cells of the record that was read last.
    pub fn cells(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        let ends = &self.ends[..self.cells];
        ends.iter().enumerate().map(move |(place, end)| {
            let start = if place == 0 { 0 } else { ends[place - 1] };
            &self.bytes[start..*end]
        })
    }

    /// Whether there is anything but line breaks; passes over them.
    fn skip_blank_lines(&mut self) -> io::Result<bool> {
        loop {
            let chunk = filled(&mut self.input)?;
            if chunk.is_empty() {
                return Ok(false);
            }
            let breaks = chunk.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            let done = breaks < chunk.len();
            self.lines.count(&chunk[..breaks]);
            self.input.consume(breaks);
            if done {
                return Ok(true);
            }
        }
    }

    fn make_room(&mut self) {
        if self.length >= LONGEST {
            self.too_long = true;
            self.length = 0;
        } else {
            self.bytes.resize((self.bytes.len() * 2).min(LONGEST), 0);
        }
    }

    fn make_room_for_ends(&mut self) {
        if self.cells >= MOST_CELLS {
            self.too_long = true;
            self.cells = 0;
        } else {
            self.ends.resize((self.ends.len() * 2).min(MOST_CELLS), 0);
        }
    }
}

/// What is there to read; an interruption by a signal is no failure.
fn filled<R: Read>(input: &mut BufReader<R>) -> io::Result<&[u8]> {
    loop {
        match input.fill_buf() {
            Ok(_) => break,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(input.buffer())
}

/// Counts lines, whichever of the three line breaks ends them.
struct Lines {
    current: u64,
    after_return: bool,
}

impl Lines {
    fn count(&mut self, bytes: &[u8]) {
        for byte in bytes {
            if *byte == b'\r' || (*byte == b'\n' && !self.after_return) {
                self.current += 1;
            }
            self.after_return = *byte == b'\r';
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Vec<(Next, Vec<String>)> {
        let mut records = Records::new(text, b',');
        let mut all = Vec::new();
        loop {
            let next = records.next().unwrap();
            if next == Next::End {
                return all;
            }
            all.push((next, records.cells().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect()));
        }
    }

    fn lines(text: &str) -> Vec<Next> {
        read(text.as_bytes()).into_iter().map(|(next, _)| next).collect()
    }

    #[test]
    fn a_record_begins_on_the_line_of_the_file_whatever_ends_its_lines() {
        use Next::Record as R;
        assert_eq!(lines("a,b\r\n1,2\r\n3,4\r\n"), [R(1), R(2), R(3)]);
        assert_eq!(lines("a,b\n\n\n1,2\n3,4"), [R(1), R(4), R(5)]);
        assert_eq!(lines("a,b\r1,2\r\r3,4"), [R(1), R(2), R(4)]);
        assert_eq!(lines("a,b\r\n\"x\r\ny\n\nz\",2\r\n3,4"), [R(1), R(2), R(6)]);
        assert_eq!(lines("\r\n\r\na,b"), [R(3)]);
    }

    #[test]
    fn quotes_and_cells_are_read_as_rfc_4180_has_them() {
        let all = read(b"\xEF\xBB\xBFa,\"b \"\"c\"\"\",\"d,e\"\n,,");
        assert_eq!(all[0].1, ["a", "b \"c\"", "d,e"]);
        assert_eq!(all[1].1, ["", "", ""]);
    }

    #[test]
    fn a_quote_that_is_never_closed_is_told() {
        assert_eq!(lines("a,b\n1,\"2\n3,4\n"), [Next::Record(1), Next::Unclosed(2)]);
        assert_eq!(lines("a,b\n1,\"2\""), [Next::Record(1), Next::Record(2)]);
    }

    #[test]
    fn a_record_that_is_too_long_is_passed_over_and_the_next_one_read() {
        let long = format!("a,{}\n1,2\n", "x".repeat(LONGEST + 10));
        let all = read(long.as_bytes());
        assert_eq!(all[0].0, Next::TooLong(1));
        assert_eq!(all[1], (Next::Record(2), vec!["1".to_owned(), "2".to_owned()]));
        assert_eq!(lines(&format!("{}\n1\n", ",".repeat(MOST_CELLS * 3))), [Next::TooLong(1), Next::Record(2)]);
    }
}
