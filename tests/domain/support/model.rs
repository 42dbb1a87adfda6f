//! The state machine once more, written from DESIGN.md, section 3.1, and from nothing else.
//!
//! It must never read `src`: where the two disagree, one of them is wrong.

use std::sync::LazyLock;

/// step | from | to
const INVESTIGATION: &str = "
    file               | unfiled                                                                | filed
    route              | filed                                                                  | routed_to_internal_security
    open_investigation | filed, routed_to_internal_security                                     | under_investigation
    dismiss            | filed, routed_to_internal_security, under_investigation                | dismissed
    appeal             | dismissed                                                              | under_appeal
    uphold_dismissal   | under_appeal                                                           | dismissed
    reopen             | dismissed, under_appeal, withdrawn                                     | under_investigation
    prosecute          | routed_to_internal_security, under_investigation                       | prosecution
    discontinue        | prosecution                                                            | closed
    acquit             | prosecution                                                            | closed
    convict            | prosecution                                                            | closed
    withdraw           | filed, routed_to_internal_security, under_investigation, under_appeal, prosecution | withdrawn
";

/// step | from | to. The two conditions of the table (not closed; no approval needed) are code below.
const VISIT: &str = "
    request_visit   | not_requested, refused, visited, access_denied, cancelled, lapsed | requested
    approve_visit   | requested           | approved
    refuse_visit    | requested           | refused
    carry_out_visit | approved, requested | visited
    deny_access     | approved            | access_denied
    cancel_visit    | requested, approved | cancelled
    lapse_visit     | requested, approved | lapsed
";

/// One line of a table.
struct Rule {
    step: &'static str,
    from: Vec<&'static str>,
    to: &'static str,
}

fn rules(table: &'static str) -> Vec<Rule> {
    let rule = |line: &'static str| {
        let mut cells = line.split('|').map(str::trim);
        let mut cell = || cells.next().unwrap();
        Rule { step: cell(), from: cell().split(',').map(str::trim).collect(), to: cell() }
    };
    table.lines().filter(|line| !line.trim().is_empty()).map(rule).collect()
}

static INVESTIGATION_RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| rules(INVESTIGATION));
static VISIT_RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| rules(VISIT));

fn lead(rules: &[Rule], state: &str, step: &str) -> Option<&'static str> {
    rules.iter().find(|rule| rule.step == step && rule.from.contains(&state)).map(|rule| rule.to)
}

/// Where both regions stand, by the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Model {
    pub investigation: &'static str,
    pub visit: &'static str,
    pub needs_approval: bool,
}

impl Model {
    pub const START: Self = Self { investigation: "unfiled", visit: "not_requested", needs_approval: true };

    /// After a step; a visit request says whether the place needs approval.
    pub fn after(self, step: &str, needs_approval: bool) -> Option<Self> {
        if let Some(investigation) = lead(&INVESTIGATION_RULES, self.investigation, step) {
            return Some(Self { investigation, ..self });
        }
        let visit = lead(&VISIT_RULES, self.visit, step)?;
        match step {
            "request_visit" if self.investigation == "closed" => None,
            "request_visit" => Some(Self { visit, needs_approval, ..self }),
            "carry_out_visit" if self.visit == "requested" && self.needs_approval => None,
            _ => Some(Self { visit, ..self }),
        }
    }

    pub fn permitted(self) -> Vec<&'static str> {
        all_steps().into_iter().filter(|step| self.after(step, true).is_some()).collect()
    }

    pub fn stage(self) -> &'static str {
        match self.visit {
            "requested" => "visit_requested",
            "approved" => "visit_approved",
            _ => self.investigation,
        }
    }
}

/// Every step of both regions, in the order of the tables.
pub fn all_steps() -> Vec<&'static str> {
    INVESTIGATION_RULES.iter().chain(VISIT_RULES.iter()).map(|rule| rule.step).collect()
}

/// Every state of the investigation.
pub fn investigation_states() -> Vec<&'static str> {
    states(&INVESTIGATION_RULES, "unfiled")
}

/// Every state of the visit.
pub fn visit_states() -> Vec<&'static str> {
    states(&VISIT_RULES, "not_requested")
}

fn states(rules: &[Rule], start: &'static str) -> Vec<&'static str> {
    let mut states: Vec<&str> = rules.iter().map(|rule| rule.to).chain([start]).collect();
    states.sort_unstable();
    states.dedup();
    states
}
