//! Which bytes of a document a request asks for (RFC 9110, 14.2). One range at a time: whoever asks for
//! several gets the whole, as the standard allows.

use std::ops::Range;

use actix_web::http::header::{HeaderMap, HeaderName, IF_RANGE, RANGE};

/// What is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// All of it.
    Whole,
    /// These bytes, of which there is at least one.
    Part(Range<u64>),
    /// The range begins behind the end.
    Nothing,
}

/// Reads what a request wants of something that is so long and has this (strong) ETag.
pub fn wanted(headers: &HeaderMap, length: u64, etag: &str) -> Wanted {
    let single = |name: HeaderName| {
        let mut values = headers.get_all(name);
        values.next().filter(|_| values.next().is_none()).and_then(|value| value.to_str().ok())
    };
    let is_another = headers.contains_key(IF_RANGE) && single(IF_RANGE).is_none_or(|value| value.trim() != etag);
    match single(RANGE).filter(|_| !is_another).and_then(parse) {
        Some(asked) => asked.within(length),
        None => Wanted::Whole,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    From { first: u64, last: Option<u64> },
    Last(u64),
}

impl Asked {
    fn within(self, length: u64) -> Wanted {
        let range = match self {
            Self::From { first, last } => first..last.map_or(length, |last| last.saturating_add(1)).min(length),
            Self::Last(count) => length.saturating_sub(count)..length,
        };
        if range.is_empty() { Wanted::Nothing } else { Wanted::Part(range) }
    }
}

/// None for what is no single range of bytes: it is passed over.
fn parse(value: &str) -> Option<Asked> {
    let (unit, set) = value.trim().split_once('=')?;
    let (first, last) = set.trim().split_once('-')?;
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return None;
    }
    match (first.trim(), last.trim()) {
        ("", count) => number(count).map(Asked::Last),
        (first, "") => number(first).map(|first| Asked::From { first, last: None }),
        (first, last) => {
            let (first, last) = (number(first)?, number(last)?);
            (first <= last).then_some(Asked::From { first, last: Some(last) })
        }
    }
}

/// A number of digits alone; one that is too large to count with is as large as can be.
fn number(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn of(range: &'static str, length: u64) -> Wanted {
        let mut headers = HeaderMap::new();
        headers.insert(RANGE, HeaderValue::from_static(range));
        wanted(&headers, length, "\"a\"")
    }

    #[test]
    fn single_ranges_are_read() {
        for (range, expected) in [
            ("bytes=0-0", Wanted::Part(0..1)),
            ("bytes=10-19", Wanted::Part(10..20)),
            ("bytes=10-", Wanted::Part(10..100)),
            ("bytes=-5", Wanted::Part(95..100)),
            ("bytes=-500", Wanted::Part(0..100)),
            ("bytes=90-500", Wanted::Part(90..100)),
            ("BYTES = 1 - 2", Wanted::Part(1..3)),
            ("bytes=0-99999999999999999999999", Wanted::Part(0..100)),
            ("bytes=100-", Wanted::Nothing),
            ("bytes=-0", Wanted::Nothing),
            ("bytes=99999999999999999999999-", Wanted::Nothing),
        ] {
            assert_eq!(of(range, 100), expected, "{range}");
        }
        assert_eq!(of("bytes=0-", 0), Wanted::Nothing);
    }

    #[test]
    fn what_is_no_single_range_gets_the_whole() {
        for range in
            ["bytes=0-1,5-6", "bytes=5-2", "bytes=", "bytes=-", "bytes=a-b", "bytes=+1-2", "lines=1-2", "x", ""]
        {
            assert_eq!(of(range, 100), Wanted::Whole, "{range}");
        }
        assert_eq!(wanted(&HeaderMap::new(), 100, "\"a\""), Wanted::Whole);
    }

    #[test]
    fn a_range_of_another_version_gets_the_whole() {
        for (version, expected) in
            [("\"a\"", Wanted::Part(0..10)), ("\"b\"", Wanted::Whole), ("W/\"a\"", Wanted::Whole)]
        {
            let mut headers = HeaderMap::new();
            headers.insert(RANGE, HeaderValue::from_static("bytes=0-9"));
            headers.insert(IF_RANGE, HeaderValue::from_static(version));
            assert_eq!(wanted(&headers, 100, "\"a\""), expected, "{version}");
        }
    }
}
