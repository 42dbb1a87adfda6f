//! Pages of the documentation that are made from the code.

use std::path::Path;

/// A page holds, between the marks that name a source, what the code makes; written anew by `AIQYN_WRITE_DOCS=1` and
/// the test `the_page` of that name.
pub fn must_hold(page: &str, source: &str, made: &str, test: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(page);
    let written = std::fs::read_to_string(&path).unwrap();
    let mark = |which| format!("<!-- generated from {source}: {which} -->\n");
    let (begin, end) = (mark("begin"), mark("end"));
    let (before, rest) = written.split_once(&begin).expect("the page has its first mark");
    let (_, after) = rest.split_once(&end).expect("the page has its second mark");
    let expected = format!("{before}{begin}{made}{end}{after}");
    if std::env::var("AIQYN_WRITE_DOCS").as_deref() == Ok("1") {
        std::fs::write(&path, &expected).unwrap();
        return;
    }
    assert_eq!(written, expected, "write it anew: AIQYN_WRITE_DOCS=1 cargo test --test {test} the_page");
}
