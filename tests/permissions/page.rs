//! The table in the documentation is the table in code.

use std::path::Path;

use aiqyn::access::permission::table;

const BEGIN: &str = "<!-- generated from src/access/action.rs: begin -->\n";
const END: &str = "<!-- generated from src/access/action.rs: end -->";

/// With `AIQYN_WRITE_DOCS=1` it writes the table in place of comparing it.
#[test]
fn the_page_has_the_table_of_the_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/permissions.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).expect("the page has its first mark");
    let (_, after) = rest.split_once(END).expect("the page has its second mark");
    let expected = format!("{before}{BEGIN}{}{END}{after}", table());
    if std::env::var("AIQYN_WRITE_DOCS").as_deref() == Ok("1") {
        std::fs::write(&path, &expected).unwrap();
        return;
    }
    assert_eq!(page, expected, "write it anew: AIQYN_WRITE_DOCS=1 cargo test --test permissions the_page");
}
