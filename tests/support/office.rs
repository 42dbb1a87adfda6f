//! Invented cases in an office: the same on every backend.

use std::collections::HashSet;
use std::sync::Arc;

use aiqyn::demonstration::{InventedCase, Plan, invent};
use aiqyn::domain::code::CodeLists;
use aiqyn::services::{BatchCase, BatchEvent, Services};

use super::app::App;

/// The invented cases of the usual clock.
pub fn invented(services: &Services, cases: usize) -> Vec<InventedCase> {
    let codes: Arc<CodeLists> = services.code_lists().unwrap();
    invent(&Plan { cases, ..Plan::up_to(services.now()) }, &codes)
}

impl App {
    /// Files invented cases, the same for the same number.
    pub fn with_invented_cases(self, cases: usize) -> Self {
        let batch = invented(&self.services, cases).into_iter().map(batch_case);
        let console = self.services.console_as("demo").unwrap();
        self.services.file_all(&console, batch, |_| {}).unwrap();
        self
    }

    /// Files invented cases that happened long ago, all at once, as they come out of a list.
    pub fn with_imported_cases(self, cases: usize) -> Self {
        let mut batch: Vec<BatchCase> = invented(&self.services, cases).into_iter().map(batch_case).collect();
        batch.iter_mut().flat_map(|case| &mut case.events).for_each(|event| event.recorded_at = None);
        let console = self.services.console_as("list").unwrap();
        self.services.file_all(&console, batch, |_| {}).unwrap();
        self
    }

    /// Every case of the list, page by page, under a query such as `sort=due&stage=filed`.
    pub fn all_pages(&self, query: &str, limit: usize) -> Vec<serde_json::Value> {
        let mut cases = Vec::new();
        let mut cursors = HashSet::new();
        let mut cursor = String::new();
        loop {
            let page = self.get(&format!("/api/v1/cases?limit={limit}&{query}{cursor}"));
            let rows = page["cases"].as_array().unwrap();
            assert!(rows.len() <= limit);
            cases.extend(rows.iter().cloned());
            let Some(next) = page["next"].as_str() else { return cases };
            assert_eq!(rows.len(), limit, "a page with another after it is full");
            assert!(cursors.insert(next.to_owned()), "the cursor {next} comes twice");
            cursor = format!("&cursor={next}");
        }
    }
}

fn batch_case(case: InventedCase) -> BatchCase {
    let event = |event: aiqyn::demonstration::InventedEvent| BatchEvent {
        id: event.id,
        occurrence: event.occurrence,
        recorded_at: Some(event.recorded_at),
    };
    BatchCase {
        zone: case.zone,
        jurisdiction: "kz".to_owned(),
        events: case.events.into_iter().map(event).collect(),
        origin: None,
        shared_with: Vec::new(),
    }
}
