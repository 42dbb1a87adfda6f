//! Documents that a complainant adds with their receipt.

use crate::filing::only_case;
use crate::stranger::{SHORTEST, Stranger};
use crate::support::{App, for_each_backend, on_sqlite};

const FILE: &str = "Анықтама: денесінде көгерген жерлер бар";

#[test]
fn a_document_reaches_the_case_and_does_not_come_back() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let stranger = Stranger::at(&app);
        let receipt = stranger.files(SHORTEST);
        let page = stranger.brings(&receipt, "anyqtama.txt", FILE).must_be(200).body;
        assert!(page.contains(&stranger.hears("public-document-done")), "{page}");
        assert!(!page.contains("anyqtama"), "{page}");
        let case = only_case(&app)["id"].as_str().unwrap().to_owned();
        let documents = app.get(&format!("/api/v1/cases/{case}/documents"))["documents"].clone();
        assert_eq!(documents.as_array().unwrap().len(), 1, "{documents}");
        assert_eq!(documents[0]["name"], "anyqtama.txt", "{documents}");
        let id = documents[0]["id"].as_str().unwrap();
        assert_eq!(app.client.get(&format!("/api/v1/documents/{id}")).must_be(200).body, FILE);
    });
}

#[test]
fn without_a_receipt_or_a_file_nothing_is_taken() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let stranger = Stranger::at(&app);
        let receipt = stranger.files(SHORTEST);
        stranger.brings("", "a.txt", FILE).must_be(422);
        let other = if receipt.starts_with('0') { "1" } else { "0" };
        stranger.brings(&format!("{other}{}", &receipt[1..]), "a.txt", FILE).must_be(404);
        let page = stranger.brings(&receipt, "", "").must_be(422).body;
        assert!(page.contains("id=\"file-error\""), "{page}");
        let case = only_case(&app)["id"].as_str().unwrap().to_owned();
        assert_eq!(app.get(&format!("/api/v1/cases/{case}/documents"))["documents"].as_array().unwrap().len(), 0);
    });
}
