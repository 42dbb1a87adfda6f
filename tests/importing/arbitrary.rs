//! Lists and mappings as nobody means them, into a real database: encodings, broken quotes, NUL bytes, huge cells. What
//! the report counts as new is what is there afterwards. With `PROPTEST_CASES=5000` more of them.

use aiqyn::import::Mapping;
use aiqyn::services::ImportMode;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::support::chance::cases;
use crate::support::{App, for_each_backend};

/// Where something is changed, in which way, and to what.
type Change = (u16, u8, u8);

const MAPPING: &str = r#"
[source]
name = "hotline"
jurisdiction = "kz"
time_zone = "Asia/Almaty"
key = "no"

[dates]
formats = ["%d.%m.%Y", "%m.%Y", "%d.%m.%Y %H:%M"]

[[codes]]
list = "agency"
code = "hotline_department"
kk = "Бөлім"
ru = "Отдел"
en = "Department"

[[event]]
kind = "file"
occurred_at = { column = "filed" }
[event.fields]
channel = { value = "hotline" }
agency = { value = "hotline_department" }
allegation = { template = "{story} ({no})" }

[[event]]
kind = "dismiss"
occurred_at = { column = "closed" }
missing = "skip"
[event.fields]
deciding_body = { value = "internal_security_mvd" }
ground = { value = "not_stated" }
"#;

const HEADER: &str = "no,filed,closed,story\n";
const LIST: &str = "1,01.03.2024,02.04.2024,\"үш адам, таң атқанша\"\n2,03.2024,,\"said: \"\"no\"\"\"\n\
                    3,04.03.2024 10:20,05.03.2024,x\n4,31.12.2023,,y\n";

fn cases_in(app: &App) -> u64 {
    app.all_pages("sort=filed", 200).len() as u64
}

#[test]
fn what_is_new_by_the_report_is_there_whatever_the_list_was() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let mapping = Mapping::parse(MAPPING).unwrap();
        let console = app.services.console_as("import").unwrap();
        let changes =
            prop::collection::vec((any::<u16>(), any::<u8>(), prop_oneof![any::<u8>(), Just(0), Just(b'"')]), 0..8);
        let cells = "([0-9]{1,3},[0-3][0-9]\\.(0[1-9]|1[0-2])\\.20[12][0-9],(|0[1-9]\\.2023),(x|\"y\n\"|\"|)\n){0,6}";
        let anything = (changes, cells, 0..3_u8, prop::collection::vec(any::<u8>(), 0..200));
        let mut runner = TestRunner::new(cases(48));
        let holds = |(changes, cells, which, bytes): (Vec<Change>, String, u8, Vec<u8>)| {
            let mut list = match which {
                0 => [HEADER, LIST].concat().into_bytes(),
                1 => [HEADER, &cells].concat().into_bytes(),
                _ => [HEADER.as_bytes(), &bytes].concat(),
            };
            for (place, kind, byte) in changes {
                let place = usize::from(place) % list.len();
                match kind % 3 {
                    0 => list[place] = byte,
                    1 => list.insert(place, byte),
                    _ => drop(list.remove(place)),
                }
            }
            let before = cases_in(&app);
            for mode in [ImportMode::DryRun, ImportMode::AllRows, ImportMode::GoodRows] {
                let Ok(imported) = app.services.import_list(&console, &mapping, &list[..], mode, |_| {}) else {
                    continue;
                };
                prop_assert!(imported.report.adds_up());
                let written = if imported.written { imported.report.good } else { 0 };
                let more = cases_in(&app) - before;
                prop_assert!(mode != ImportMode::DryRun || (written == 0 && more == 0));
                prop_assert!(mode != ImportMode::AllRows || more == written);
                prop_assert!(mode != ImportMode::GoodRows || imported.report.refused == 0 || more == written);
            }
            Ok(())
        };
        runner.run(&anything, holds).unwrap_or_else(|error| panic!("on {}: {error}", backend.name));
    });
}

#[test]
fn a_list_in_another_encoding_is_told_so_or_read_right() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let mapping = Mapping::parse(MAPPING).unwrap();
        let console = app.services.console_as("import").unwrap();
        let text = [HEADER, LIST].concat();
        let of_16 = |to: fn(u16) -> [u8; 2], mark: [u8; 2]| -> Vec<u8> {
            mark.into_iter().chain(text.encode_utf16().flat_map(to)).collect()
        };
        let imports = |list: &[u8]| app.services.import_list(&console, &mapping, list, ImportMode::AllRows, |_| {});
        for other in [of_16(u16::to_le_bytes, [0xff, 0xfe]), of_16(u16::to_be_bytes, [0xfe, 0xff])] {
            assert!(imports(&other).unwrap_err().to_string().contains("UTF-8"));
        }
        // In CP1251 the letters are no UTF-8: the row is refused, and with it the list.
        let in_1251 = [HEADER.as_bytes(), b"1,01.03.2024,,\xf2\xf0\xe8\n"].concat();
        assert!(imports(&in_1251).is_ok_and(|imported| imported.report.refused == 1 && !imported.written));
        // A NUL in a cell is refused, and a cell of five megabytes with its row.
        for cell in ["a\0b".to_owned(), "x".repeat(5 << 20)] {
            let list = format!("{HEADER}1,01.03.2024,,{cell}\n");
            assert!(imports(list.as_bytes()).is_ok_and(|imported| imported.report.refused == 1 && !imported.written));
        }
        let marked = ["\u{feff}", &text].concat();
        assert!(imports(marked.as_bytes()).is_ok_and(|imported| imported.report.good == 4 && imported.written));
    });
}

#[test]
fn whatever_a_mapping_brings_along_is_refused_or_kept() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let console = app.services.console_as("import").unwrap();
        let texts = || prop_oneof![any::<String>(), Just("\0".to_owned()), Just(String::new()), "[a-z_]{1,70}"];
        let mut runner = TestRunner::new(cases(32));
        let holds = |(label, name, code): (String, String, String)| {
            let quoted = |text: &str| serde_json::to_string(text).unwrap();
            let mapping = MAPPING
                .replace("\"Бөлім\"", &quoted(&label))
                .replace("\"hotline\"\njur", &format!("{}\njur", quoted(&name)));
            let mapping = mapping.replace("\"hotline_department\"", &quoted(&code));
            let Ok(mapping) = Mapping::parse(&mapping) else { return Ok(()) };
            let list = [HEADER, LIST].concat();
            if let Err(error) =
                app.services.import_list(&console, &mapping, list.as_bytes(), ImportMode::AllRows, |_| {})
            {
                let told = error.to_string();
                prop_assert!(
                    !told.contains("database") && !told.contains("byte sequence"),
                    "{told}: {label:?} {name:?} {code:?}"
                );
            }
            Ok(())
        };
        runner.run(&(texts(), texts(), texts()), holds).unwrap_or_else(|error| panic!("on {}: {error}", backend.name));
    });
}
