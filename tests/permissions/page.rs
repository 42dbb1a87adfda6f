//! The table in the documentation is the table in code.

use aiqyn::access::permission::table;

use crate::support::page;

#[test]
fn the_page_has_the_table_of_the_code() {
    page::must_hold("permissions.md", "src/access/action.rs", &table(), "permissions");
}
