//! Guessers of receipts wait, and so does whoever files without end.

use std::net::IpAddr;

use aiqyn::services::{Origin, PublicComplaint, PubliclyFiled, ServiceError};
use aiqyn::vault::Receipt;

use crate::stranger::STORY;
use crate::support::{App, for_each_backend, on_sqlite};

fn origin(address: &str) -> Origin {
    Origin { address: address.parse::<IpAddr>().unwrap(), device: None }
}

fn files(app: &App, from: &str) -> Result<PubliclyFiled, ServiceError> {
    let fields = vec![("allegation".to_owned(), STORY.to_owned())];
    app.services.file_publicly(&PublicComplaint { fields, ..PublicComplaint::default() }, &origin(from))
}

#[test]
fn whoever_guesses_waits_and_somebody_elsewhere_does_not() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let receipt = files(&app, "192.0.2.1").unwrap().receipt;
        let guess = |from: &str| app.services.follow_complaint(&Receipt::generate(), &origin(from));
        for _ in 0..10 {
            assert!(matches!(guess("203.0.113.7"), Err(ServiceError::NotFound)));
        }
        assert!(matches!(guess("203.0.113.7"), Err(ServiceError::TooManyAttempts(1..=60))));
        let right = |from: &str| app.services.follow_complaint(&receipt, &origin(from));
        assert!(matches!(right("203.0.113.7"), Err(ServiceError::TooManyAttempts(_))), "the right one has to wait too");
        assert!(right("192.0.2.1").is_ok());
        app.clock.set("2026-06-15T12:01:01+05:00");
        assert!(right("203.0.113.7").is_ok());
    });
}

#[test]
fn whoever_comes_with_the_right_receipt_is_not_counted() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let receipt = files(&app, "192.0.2.1").unwrap().receipt;
        for _ in 0..13 {
            app.services.follow_complaint(&receipt, &origin("192.0.2.1")).unwrap();
        }
    });
}

#[test]
fn a_flood_of_complaints_is_slowed_down() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        for _ in 0..10 {
            files(&app, "203.0.113.7").unwrap();
        }
        assert!(matches!(files(&app, "203.0.113.7"), Err(ServiceError::TooManyAttempts(_))));
        files(&app, "192.0.2.1").unwrap();
    });
}
