//! The tables, as both backends have them.

mod of_cases;
mod of_people;
mod of_receipts;

pub use of_cases::*;
pub use of_people::*;
pub use of_receipts::*;

diesel::allow_tables_to_appear_in_same_query!(
    organisations,
    members,
    revisions,
    code_entries,
    deadline_rules,
    reference_counters,
    cases,
    events,
    case_summaries,
    visit_summaries,
    case_readers,
    visit_readers,
    idempotency_keys,
    accounts,
    recovery_codes,
    known_devices,
    login_failures,
    sessions,
    organisation_keys,
    key_grants,
    index_keys,
    case_shares,
    data_keys,
    sealed_keys,
    erasures,
    name_tokens,
    names_to_index,
    documents,
    audit_records,
    audit_checkpoints,
    drafts
);
