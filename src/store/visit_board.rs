//! The board of visit requests: the open ones, or those that have ended, the longest wait first, a page at a time. A page
//! begins after the last row of the one before (a keyset), so the thousandth costs what the first does.

use diesel::prelude::*;
use uuid::Uuid;

use super::case_query::Reader;
use super::connection::Transaction;
use super::error::StoreError;
use super::key::Key;
use super::schema::{visit_readers as r, visit_summaries as t};
use super::visit_query::VisitListing;
use crate::domain::words;

words! {
    /// Which requests stand on it.
    #[derive(Default)]
    BoardPart {
        /// Asked for, or approved and not carried out.
        #[default]
        Open = "open",
        /// Refused, carried out, called off, or lost sight of.
        Ended = "ended",
    }
}

/// A page of the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitBoard {
    /// The rows.
    pub visits: Vec<VisitListing>,
    /// Where the next page begins; none after the last.
    pub next: Option<BoardCursor>,
}

/// The end of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoardCursor {
    order: i64,
    request: Uuid,
}

impl std::fmt::Display for BoardCursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}_{}", self.order, self.request.simple())
    }
}

impl std::str::FromStr for BoardCursor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (order, request) = text.split_once('_').ok_or(())?;
        Ok(Self { order: order.parse().map_err(|_| ())?, request: Uuid::try_parse(request).map_err(|_| ())? })
    }
}

impl Transaction<'_> {
    /// A page of the board.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn visit_board(
        &mut self,
        part: BoardPart,
        reader: Option<Reader>,
        cursor: Option<BoardCursor>,
        limit: u16,
    ) -> Result<VisitBoard, StoreError> {
        let is_open = part == BoardPart::Open;
        macro_rules! places {
            ($t:ident, $own:expr) => {{
                let mut query = $own.filter($t::is_open.eq(is_open)).into_boxed();
                // The first condition lets the index begin there; the second one passes over those that the page before
                // has shown.
                if let Some(BoardCursor { order, request }) = cursor {
                    let is_later = $t::board_order.gt(order).or($t::request_id.gt(Key(request)));
                    query = query.filter($t::board_order.ge(order)).filter(is_later);
                }
                let places = query.order(($t::board_order, $t::request_id)).limit(i64::from(limit) + 1);
                places.select(($t::board_order, $t::request_id)).load::<(i64, Key)>(self.connection)?
            }};
        }
        let mut places = match reader {
            None => places!(t, t::table),
            Some(Reader { organisation, .. }) => {
                places!(r, r::table.filter(r::organisation_id.eq(Key::from(organisation))))
            }
        };
        let more = places.len() > usize::from(limit);
        places.truncate(limit.into());
        let next =
            places.last().filter(|_| more).map(|(order, request)| BoardCursor { order: *order, request: request.0 });
        let requests: Vec<Key> = places.into_iter().map(|(_, request)| request).collect();
        Ok(VisitBoard { visits: self.listings_of_requests(&requests)?, next })
    }
}
