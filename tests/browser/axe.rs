//! axe-core, which looks for what shuts people out. It is never kept in this repository: `tests/all.sh`
//! takes it from a package and says where it lies.

use serde_json::Value;

use super::browser::Browser;
use crate::support::backend::in_ci;

/// Where axe-core lies.
const AXE: &str = "AIQYN_TEST_AXE";

/// The rules that a page is held to: WCAG 2.2, A and AA, and what came before it.
const RULES: &str = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']";

/// axe-core, ready to look at pages.
pub struct Axe(String);

impl Axe {
    /// The one of this machine; says that the test is skipped where there is none.
    pub fn of_this_machine() -> Option<Self> {
        let Ok(path) = std::env::var(AXE) else {
            assert!(!in_ci(), "{AXE} is not set; run the tests with: bash tests/all.sh");
            println!("SKIPPED: axe-core ({AXE} is not set)");
            return None;
        };
        Some(Self(std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))))
    }

    /// What is wrong with the page that a browser shows, a line for each place.
    pub fn faults(&self, browser: &Browser) -> Vec<String> {
        let options = format!("{{runOnly: {{type: 'tag', values: {RULES}}}, resultTypes: ['violations']}}");
        let found = browser.evaluates(&format!("{}\nreturn axe.run(document, {options});", self.0));
        let place = browser.place();
        let mut faults = Vec::new();
        for fault in found["violations"].as_array().unwrap_or_else(|| panic!("axe did not run on {place}: {found}")) {
            for node in fault["nodes"].as_array().unwrap() {
                let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                let (rule, element, why) = (text(&fault["id"]), text(&node["html"]), text(&node["failureSummary"]));
                faults.push(format!("{place}: {rule}: {element}: {}", why.replace('\n', " ")));
            }
        }
        faults
    }
}
