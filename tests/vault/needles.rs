//! Looking for words in bytes, in every shape in which they are likely to have been left there.

use std::collections::{BTreeSet, HashMap};

use data_encoding::{BASE64, BASE64URL, HEXLOWER, HEXUPPER};

/// By how many first bytes the patterns are found.
const STEM: usize = 6;
/// A short word of Latin letters may stand in a sealed text by chance, Base64 being letters too: it counts only
/// where no such letter is beside it.
const LONG: usize = 9;

/// A place where something may have been left.
pub struct Haystack {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// What must not be there.
#[derive(Default)]
pub struct Needles {
    by_stem: HashMap<[u8; STEM], Vec<(Vec<u8>, String)>>,
    known: BTreeSet<Vec<u8>>,
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_+/=".contains(&byte)
}

impl Needles {
    fn add(&mut self, pattern: Vec<u8>, what: &str, shape: &str) {
        let Some(stem) = pattern.first_chunk().copied() else { return };
        if self.known.insert(pattern.clone()) {
            self.by_stem.entry(stem).or_default().push((pattern, format!("{what} ({shape})")));
        }
    }

    /// Bytes, as they are, in hexadecimal digits and in Base64 of any alignment.
    pub fn add_bytes(&mut self, bytes: &[u8], what: &str) {
        self.add(bytes.to_vec(), what, "as it is");
        self.add(HEXLOWER.encode(bytes).into_bytes(), what, "hexadecimal");
        self.add(HEXUPPER.encode(bytes).into_bytes(), what, "hexadecimal");
        for before in 0..3 {
            for encoding in [BASE64, BASE64URL] {
                let encoded = encoding.encode(&[&vec![0; before], bytes].concat());
                // What the bytes on either side have a part in is left out.
                let first = [0, 2, 3][before];
                let last = (before + bytes.len()) * 8 / 6;
                if last - first >= LONG {
                    self.add(encoded.as_bytes()[first..last].to_vec(), what, "Base64");
                }
            }
        }
    }

    /// A text, in UTF-8 and UTF-16 of either order, and each of those as bytes may be written.
    pub fn add_text(&mut self, text: &str) {
        self.add_bytes(text.as_bytes(), text);
        let units = || text.encode_utf16();
        self.add_bytes(&units().flat_map(u16::to_le_bytes).collect::<Vec<_>>(), text);
        self.add_bytes(&units().flat_map(u16::to_be_bytes).collect::<Vec<_>>(), text);
        if !text.is_ascii() {
            let escaped: String = units().map(|unit| format!("\\u{unit:04x}")).collect();
            self.add(escaped.into_bytes(), text, "escaped");
        }
    }

    #[allow(dead_code, reason = "not every crate of tests that has needles counts them")]
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// What of it is found, and where.
    pub fn found_in(&self, haystack: &Haystack) -> BTreeSet<String> {
        let bytes = &haystack.bytes;
        let mut found = BTreeSet::new();
        for (at, window) in bytes.windows(STEM).enumerate() {
            let Some(patterns) = window.first_chunk().and_then(|stem| self.by_stem.get(stem)) else { continue };
            for (pattern, what) in patterns.iter().filter(|(pattern, _)| bytes[at..].starts_with(pattern)) {
                let beside = [at.checked_sub(1), Some(at + pattern.len())];
                let stands_alone =
                    !beside.into_iter().flatten().any(|at| bytes.get(at).is_some_and(|byte| is_base64(*byte)));
                if pattern.len() >= LONG || stands_alone || !pattern.iter().all(|byte| is_base64(*byte)) {
                    found.insert(format!("{}: {what}", haystack.name));
                }
            }
        }
        found
    }
}

#[test]
fn a_word_is_found_in_every_shape() {
    let mut needles = Needles::default();
    for word in ["Мысалов", "beaten"] {
        needles.add_text(word);
    }
    let wide = |word: &str| word.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let shapes = [
        "Айтты: Мысалов келді".as_bytes().to_vec(),
        b"was beaten there".to_vec(),
        [b"\x01\x02", wide("xМысаловx").as_slice()].concat(),
        BASE64.encode("Мысалов".as_bytes()).into_bytes(),
        BASE64URL.encode("a Мысалов келді".as_bytes()).into_bytes(),
        BASE64.encode("ab Мысалов".as_bytes()).into_bytes(),
        HEXUPPER.encode("..Мысалов..".as_bytes()).into_bytes(),
        HEXLOWER.encode(&wide("beaten")).into_bytes(),
        b"{\"name\":\"\\u041c\\u044b\\u0441\\u0430\\u043b\\u043e\\u0432\"}".to_vec(),
    ];
    for bytes in shapes {
        let found = needles.found_in(&Haystack { name: "here".to_owned(), bytes: bytes.clone() });
        assert!(!found.is_empty(), "{}", String::from_utf8_lossy(&bytes));
    }
    for nothing in ["Мысало", "unbeatenly", "x1:AAbeatenAA", ""] {
        let found = needles.found_in(&Haystack { name: "here".to_owned(), bytes: nothing.into() });
        assert!(found.is_empty(), "{found:?}");
    }
}
