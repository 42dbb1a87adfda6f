//! Small lists, and what becomes of their rows.

use std::collections::BTreeMap;

use aiqyn::domain::code::{CodeEntry, CodeLists, ListName};
use aiqyn::domain::event::Happening;
use aiqyn::domain::fact::Fact;
use aiqyn::domain::investigation::InvestigationStep;
use aiqyn::domain::stage::Stage;
use aiqyn::import::{BadRow, ImportedCase, Mapping, Report, Row, Unopened, read};
use chrono::{DateTime, Utc};
use proptest::prelude::*;

const MAPPING: &str = r#"
[source]
name = "hotline 2023"
jurisdiction = "kz"
time_zone = "Asia/Almaty"
key = "no"
delimiter = ";"

[dates]
formats = ["%d.%m.%Y", "%m.%Y"]

[[codes]]
list = "agency"
code = "dept"
kk = "Бөлім"
ru = "Отдел"
en = "Department"
valid_from = "2020-01-01"

[[contradiction]]
name = "closed_early"
when = [{ column = "closed", before = "filed" }]
then = "refuse"
reason = "closed on {closed}, before {filed}"

[[contradiction]]
name = "no_date_of_closing"
when = [{ column = "state", is = "closed" }, { column = "closed", empty = true }]
then = "drop_event"
event = "closing"
reason = "closed, and nobody knows when{closed}"

[[contradiction]]
name = "incident_late"
when = [{ column = "incident", after = "filed" }]
then = "drop_field"
event = "file"
field = "incident_at"
reason = "incident on {incident}"

[[event]]
kind = "file"
occurred_at = { first_of = ["filed", "received"] }
[event.fields]
channel = { value = "letter" }
incident_at = { column = "incident" }
sex = { column = "sex", map = { "Ж" = "female", "М" = "male" }, empty = "unknown" }
forms = { column = "forms", split = ",", map = { "побои" = "beating", "угрозы" = ["threat"], "нет" = [] } }
allegation = { template = "{story} ({no})" }

[[event]]
name = "closing"
kind = "dismiss"
when = [{ column = "state", is = ["Closed"] }]
occurred_at = { column = "closed" }
[event.fields]
deciding_body = { value = "dept" }
ground = { column = "ground", map = "grounds", otherwise = "other", empty = "not_stated" }

[[event]]
kind = "reprisal"
occurred_at = { column = "reprisal", formats = ["%Y/%m/%d"] }
missing = "skip"
fields = { reprisal = { value = "threat" } }

[maps.grounds]
"нет состава" = "unfounded"
"#;

const HEADER: &str = "no;filed;received;closed;incident;sex;forms;state;ground;reprisal;story\n";

fn codes() -> CodeLists {
    let mut lists = CodeLists::default();
    for (list, code) in [
        (ListName::Jurisdiction, "kz"),
        (ListName::Channel, "letter"),
        (ListName::Sex, "female"),
        (ListName::Sex, "male"),
        (ListName::Sex, "unknown"),
        (ListName::FormOfIllTreatment, "beating"),
        (ListName::FormOfIllTreatment, "threat"),
        (ListName::DismissalGround, "unfounded"),
        (ListName::DismissalGround, "other"),
        (ListName::DismissalGround, "not_stated"),
        (ListName::ReprisalKind, "threat"),
    ] {
        let entry = CodeEntry {
            code: code.parse().unwrap(),
            valid_from: None,
            valid_to: None,
            kk: code.to_owned(),
            ru: code.to_owned(),
            en: code.to_owned(),
            parent: None,
            iso: None,
            successors: Vec::new(),
            attributes: BTreeMap::new(),
        };
        lists.add(list, entry);
    }
    lists
}

fn now() -> DateTime<Utc> {
    "2024-06-01T00:00:00Z".parse().unwrap()
}

fn mapping() -> Mapping {
    Mapping::parse(MAPPING).unwrap_or_else(|errors| panic!("{errors}"))
}

fn rows_of(mapping: &Mapping, list: &[u8]) -> Result<Vec<Row>, Unopened> {
    let mut codes = codes();
    mapping.add_missing_codes(&mut codes);
    let rows = read(mapping, list, &codes, now())?;
    Ok(rows.map(Result::unwrap).collect())
}

fn import(rows: &str) -> Vec<Row> {
    rows_of(&mapping(), format!("{HEADER}{rows}").as_bytes()).unwrap()
}

fn good(rows: &str) -> ImportedCase {
    match import(rows).pop() {
        Some(Row::Good(case)) => case,
        other => panic!("{other:?}"),
    }
}

fn bad(rows: &str) -> BadRow {
    match import(rows).pop() {
        Some(Row::Bad(row)) => row,
        other => panic!("{other:?}"),
    }
}

fn groups(row: &BadRow) -> Vec<String> {
    row.problems.iter().map(aiqyn::import::Problem::group).collect()
}

#[test]
fn a_row_becomes_a_case_with_its_events_in_order() {
    let case = good("1;04.03.2023;;06.03.2023;03.2023;ж;Побои, угрозы,нет;closed;Нет  состава;2023/03/05;рассказ\n");
    let zone = mapping().zone();
    let times: Vec<_> =
        case.occurrences.iter().map(|o| (o.happening.kind().as_str(), o.occurred_at.show(zone))).collect();
    let expected = [("file", "2023-03-04"), ("dismiss", "2023-03-06"), ("reprisal", "2023-03-05")];
    assert_eq!(times, expected.map(|(kind, at)| (kind, at.to_owned())));
    let Happening::Investigation(InvestigationStep::File(file)) = &case.occurrences[0].happening else { panic!() };
    assert_eq!(file.allegation.expose(), "рассказ (1)");
    assert_eq!(file.forms.iter().map(|form| form.code().as_str()).collect::<Vec<_>>(), ["beating", "threat"]);
    assert_eq!(file.incident_at.unwrap().to_string(), "2023-03");
    assert_eq!(file.sex.as_ref().unwrap().code().as_str(), "female");
    assert_eq!(case.check(zone, now()).unwrap().stage(), Stage::Dismissed);
}

#[test]
fn the_first_filled_column_counts_and_an_empty_cell_stands_for_what_the_mapping_says() {
    let case = good("1;;05.03.2023;;;;;open;;;рассказ\n");
    assert_eq!(case.occurrences[0].occurred_at.to_string(), "2023-03-05");
    let Happening::Investigation(InvestigationStep::File(file)) = &case.occurrences[0].happening else { panic!() };
    assert_eq!(file.sex.as_ref().unwrap().code().as_str(), "unknown");
    assert_eq!(file.incident_at, None);
}

#[test]
fn every_problem_of_a_row_is_told() {
    let row = bad("1;04.03.2023;;06.03.2023;soon;other;stabbing;closed;;;x\n");
    assert_eq!(groups(&row), ["not a date: incident", "value not mapped: sex", "value not mapped: forms"]);
    let row = bad("1;32.03.2023;;;;?;;closed;;;x\n");
    assert_eq!(groups(&row), ["not a date: filed", "value not mapped: sex"]);
}

#[test]
fn a_contradiction_refuses_its_row_and_quotes_the_cells() {
    let row = bad("1;04.03.2023;;01.03.2023;;;;closed;;;x\n");
    assert_eq!(
        row.to_string(),
        "line 2: closed, filed “01.03.2023, 04.03.2023”: closed on 01.03.2023, before 04.03.2023 (closed_early)"
    );
    assert_eq!(groups(&row), ["contradiction closed_early"]);
}

#[test]
fn a_contradiction_that_drops_something_leaves_a_note() {
    let case = good("1;04.03.2023;;;05.03.2023;;;closed;;;x\n");
    assert_eq!(case.noted, ["no_date_of_closing", "incident_late"]);
    let notes: Vec<_> = case
        .occurrences
        .iter()
        .filter_map(|occurrence| match &occurrence.happening {
            Happening::Fact(Fact::Note(note)) => Some(note.text.expose()),
            _ => None,
        })
        .collect();
    assert_eq!(notes, ["closed, and nobody knows when", "incident on 05.03.2023"]);
    assert_eq!(case.occurrences.len(), 3);
}

#[test]
fn a_code_must_be_valid_on_the_day_of_the_event() {
    let row = bad("1;04.03.2019;;06.03.2019;;;;closed;;;x\n");
    assert_eq!(groups(&row), ["field: closing.deciding_body"]);
    good("1;04.03.2019;;06.03.2020;;;;closed;;;x\n");
}

#[test]
fn steps_that_do_not_follow_refuse_the_row() {
    // Without the contradiction that the mapping names, the order of the steps itself refuses it.
    let mapping = MAPPING.replace("before = \"filed\"", "before = \"received\"");
    let mapping = Mapping::parse(&mapping).unwrap();
    let rows = rows_of(&mapping, format!("{HEADER}1;04.03.2023;;01.03.2023;;;;closed;;;x\n").as_bytes()).unwrap();
    let [Row::Bad(row)] = rows.as_slice() else { panic!("{rows:?}") };
    assert_eq!(groups(row), ["steps not possible"]);
    assert!(row.to_string().contains("`dismiss` is not possible while the investigation is unfiled"), "{row}");
}

#[test]
fn the_future_is_refused() {
    assert_eq!(groups(&bad("1;04.03.2025;;;;;;open;;;x\n")), ["in the future: file"]);
    assert_eq!(groups(&bad("1;06.2024;;;15.06.2024;;;open;;;x\n")), ["field: file.incident_at"]);
}

#[test]
fn a_key_that_was_there_names_the_earlier_line() {
    let row = bad("7;04.03.2023;;;;;;open;;;x\n8;04.03.2023;;;;;;open;;;x\n 7 ;05.03.2023;;;;;;open;;;y\n");
    assert_eq!(row.to_string(), "line 4: line 2 has the same key");
    assert_eq!(groups(&bad(" ;04.03.2023;;;;;;open;;;x\n")), ["no key"]);
}

#[test]
fn without_a_key_the_whole_row_is_the_key() {
    let mapping = Mapping::parse(&MAPPING.replace("key = \"no\"", "")).unwrap();
    let row = "1;04.03.2023;;;;;;open;;;x\n";
    let list = format!("{HEADER}{row}{row}{}", row.replace("x\n", "y\n"));
    let rows = rows_of(&mapping, list.as_bytes()).unwrap();
    assert!(matches!(rows.as_slice(), [Row::Good(_), Row::Bad(_), Row::Good(_)]), "{rows:?}");
}

#[test]
fn a_row_with_too_few_cells_is_told_with_its_line_in_the_file() {
    let row = bad("1;04.03.2023;;;;;;open;;;\"two\nlines\"\n\n2;04.03.2023\n");
    assert_eq!(row.line, 5);
    assert_eq!(groups(&row), ["wrong number of cells"]);
}

#[test]
fn a_cell_that_is_not_utf_8_is_told_with_its_column() {
    let mut list = HEADER.as_bytes().to_vec();
    list.extend(b"1;04.03.2023;;;;;;open;;;\xEF\xF0\xE8\n");
    let rows = rows_of(&mapping(), &list).unwrap();
    let [Row::Bad(row)] = rows.as_slice() else { panic!("{rows:?}") };
    assert_eq!((row.line, row.problems[0].column.as_deref()), (2, Some("story")));
    assert_eq!(groups(row), ["not UTF-8: story"]);
}

#[test]
fn a_quote_that_is_never_closed_is_one_bad_row_and_blank_rows_are_none() {
    let rows = import("1;04.03.2023;;;;;;open;;;x\n;;;;;;;;;;\n\n2;04.03.2023;;;;;;open;;;\"x\n3;;;\n");
    assert_eq!(rows.len(), 2);
    assert_eq!(groups(&bad("2;04.03.2023;;;;;;open;;;\"x\n3;;;\n")), ["quote not closed"]);
}

#[test]
fn the_mark_at_the_beginning_is_no_part_of_the_first_column() {
    let list = format!("\u{feff}{HEADER}1;04.03.2023;;;;;;open;;;x\n");
    assert!(matches!(rows_of(&mapping(), list.as_bytes()).unwrap().as_slice(), [Row::Good(_)]));
}

#[test]
fn a_list_without_the_columns_of_the_mapping_is_not_read() {
    let unopened = |list: &[u8]| rows_of(&mapping(), list).unwrap_err().to_string();
    assert!(unopened(b"").contains("empty"));
    assert!(unopened(b"no,filed\n1,2\n").contains("“filed”"));
    assert!(unopened(b"no,filed\n1,2\n").contains("its columns are “no,filed”. Is the delimiter right?"));
    assert!(unopened(format!("no;{HEADER}").as_bytes()).contains("more than one column “no”"));
    assert!(unopened(b"\xFF\xFEn\0o\0").contains("UTF-16"));
}

#[test]
fn codes_that_no_list_has_are_told_before_the_first_row() {
    let mapping = Mapping::parse(&MAPPING.replace("\"letter\"", "\"lettr\"")).unwrap();
    let error = rows_of(&mapping, HEADER.as_bytes()).unwrap_err().to_string();
    assert!(error.contains("event.file.fields.channel: the list channel has no `lettr`"), "{error}");
}

#[test]
fn neither_cells_nor_stories_show_in_debug_output() {
    let shown = format!(
        "{:?}",
        import("1;04.03.2023;;01.03.2023;secret;secret;;closed;;;secret\n2;04.03.2023;;;;;;open;;;secret\n")
    );
    assert!(!shown.contains("secret"), "{shown}");
}

#[test]
fn the_report_counts_every_row_once() {
    let mut report = Report::default();
    for row in
        import("1;04.03.2023;;;;;;closed;;;x\n2;bad;;;bad;;;open;;;x\n3;;;;;;;open;;;x\n4;04.03.2023;;;;;;open;;;x\n")
    {
        match row {
            Row::Good(case) if case.line == 5 => report.count_already_there(),
            Row::Good(case) => report.count_good(&case),
            Row::Bad(row) => report.count_bad(&row),
        }
    }
    assert!(report.adds_up());
    assert_eq!((report.rows, report.good, report.already_there, report.refused), (4, 1, 1, 2));
    assert_eq!(report.problems["not a date: incident"], 1);
    assert!(report.to_string().contains("no date: file (first: line 4)"), "{report}");
    assert_eq!(serde_json::to_value(&report).unwrap()["refused_by"]["no date: file"]["rows"], 1);
}

/// What the mapping says when `from` in it is replaced by `to`.
fn refusal(from: &str, to: &str) -> String {
    assert!(MAPPING.contains(from), "{from}");
    Mapping::parse(&MAPPING.replacen(from, to, 1)).unwrap_err().to_string()
}

#[test]
fn a_mistake_in_the_mapping_is_told_with_its_key_and_its_mend() {
    for (from, to, told) in [
        ("Asia/Almaty", "Almaty", "source.time_zone: this is no zone"),
        ("delimiter = \";\"", "delimiter = \";;\"", "source.delimiter: it must be one character"),
        ("delimiter", "encoding", "source.encoding: only \"utf-8\" is read; convert the file: iconv -f"),
        ("delimiter", "delimeter", "unknown field `delimeter`, expected one of"),
        ("\"kz\"", "\"KZ\"", "source.jurisdiction: `KZ` is no code"),
        ("\"%m.%Y\"", "\"%d.%m\"", "dates.formats: `%d.%m` is no format"),
        ("list = \"agency\"", "list = \"agencies\"", "codes.dept.list: there is no list `agencies`; the lists are"),
        ("2020-01-01", "1.1.2020", "codes.dept.valid_from: `1.1.2020` is no day"),
        ("kind = \"dismiss\"", "kind = \"close\"", "event.closing.kind: there is no event `close`; the events are"),
        ("channel = ", "chanel = ", "event.file.fields.chanel: `file` has no field `chanel`; its fields are channel"),
        ("ground = {", "remarks = {", "event.closing.fields.ground: `dismiss` needs this field"),
        ("{ value = \"letter\" }", "{ }", "event.file.fields.channel: it needs exactly one of `value`"),
        ("map = \"grounds\"", "map = \"ground\"", "event.closing.fields.ground.map: there is no [maps.ground]"),
        ("split = \",\", ", "split = \"\", ", "event.file.fields.forms.split: say what parts the values"),
        ("\"Ж\" = \"female\"", "\"м\" = \"male\"", "event.file.fields.sex.map: `м` is there twice"),
        ("\"Ж\" = \"female\"", "\"Ж\" = [\"female\", \"male\"]", "only one value can stand here"),
        ("{story} (", "{story (", "event.file.fields.allegation.template: a brace is not closed"),
        ("empty = true }", "empty = true, is = \"x\" }", "a condition has one of"),
        ("event = \"closing\"", "event = \"close\"", "there is no event named `close`"),
        ("field = \"incident_at\"", "field = \"channel\"", "`file` needs `channel`; drop the event or refuse"),
        ("field = \"incident_at\"", "field = \"place\"", "fills no field `place`"),
        ("name = \"incident_late\"", "name = \"closed_early\"", "contradiction.closed_early: there are two"),
        ("name = \"closing\"", "name = \"file\"", "events 1 and 2 have this name"),
        ("kind = \"file\"", "kind = \"route\"", "a case begins with its filing"),
    ] {
        let refusal = refusal(from, to);
        assert!(refusal.contains(told), "{to}: {refusal}");
    }
}

#[test]
fn every_mistake_is_told_at_once() {
    let mapping = MAPPING.replace("Asia/Almaty", "Almaty").replace("list = \"agency\"", "list = \"x\"");
    assert_eq!(Mapping::parse(&mapping).unwrap_err().0.len(), 2);
}

#[test]
fn the_first_mapping_of_the_manual_holds() {
    let manual = include_str!("../../docs/import.md");
    let (_, example) = manual.split_once("```toml\n").unwrap();
    let (example, _) = example.split_once("```").unwrap();
    Mapping::parse(example).unwrap_or_else(|errors| panic!("{errors}"));
}

proptest! {
    #[test]
    fn any_bytes_make_rows_that_add_up(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut list = HEADER.as_bytes().to_vec();
        list.extend(bytes);
        prop_assert!(adds_up(&list));
    }

    #[test]
    fn anything_like_a_list_makes_rows_that_add_up(text in "([1-9]{0,2};|0[1-9]\\.03\\.202[0-9];|;|closed;|\"|x|\n|\r\n|нет;){0,80}") {
        let list = [HEADER, &text].concat();
        prop_assert!(adds_up(list.as_bytes()));
    }

    #[test]
    fn no_bytes_at_all_make_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = rows_of(&mapping(), &bytes);
    }

    #[test]
    fn no_text_as_a_mapping_makes_a_panic(text in any::<String>()) {
        let _ = Mapping::parse(&text);
    }

    #[test]
    fn no_damage_to_a_mapping_makes_a_panic(
        from in 0..MAPPING.chars().count(), length in 0..60usize, put in "[\\[\\]{}=\",.a-z%0-9 \n]{0,12}",
    ) {
        let characters: Vec<char> = MAPPING.chars().collect();
        let to = (from + length).min(characters.len());
        let damaged: String = characters[..from].iter().copied().chain(put.chars()).chain(characters[to..].iter().copied()).collect();
        if let Ok(mapping) = Mapping::parse(&damaged) {
            let _ = rows_of(&mapping, format!("{HEADER}1;04.03.2023;;06.03.2023;;;;closed;;;x\n").as_bytes());
        }
    }
}

fn adds_up(list: &[u8]) -> bool {
    let mut report = Report::default();
    let rows = rows_of(&mapping(), list).unwrap();
    let number = rows.len() as u64;
    for row in rows {
        match row {
            Row::Good(case) => report.count_good(&case),
            Row::Bad(row) => report.count_bad(&row),
        }
    }
    report.adds_up() && report.rows == number
}
