//! The board of visit requests: the open ones, or those that have ended, the longest wait first, a page at a time. A page
//! begins after the last row of the one before (a keyset), so the thousandth costs what the first does.

use diesel::prelude::*;
use uuid::Uuid;

use super::case_query::Reader;
use super::connection::Transaction;
use super::error::StoreError;
use super::key::Key;
use super::schema::visit_summaries as t;
use super::visit_query::{Query, Row, VisitListing, own, shared};
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
    /// A page of the board. What is a reader's own and what is shared with them are looked up apart, each by an index of
    /// its own.
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
        let seen = match reader {
            None => vec![t::table.filter(t::is_open.eq(is_open)).into_boxed()],
            // Asked so, SQLite goes by the shared cases, and not through the whole board.
            Some(reader) => {
                vec![own(reader).filter(t::is_open.eq(is_open)), shared(reader).filter(t::is_open.ne(!is_open))]
            }
        };
        let mut rows: Vec<Row> = Vec::new();
        for query in seen {
            let query = after(query, cursor).order((t::board_order, t::request_id)).limit(i64::from(limit) + 1);
            rows.extend(query.select(Row::as_select()).load::<Row>(self.connection)?);
        }
        rows.sort_by_key(|row| (row.board_order, row.request_id.0));
        let wanted = usize::from(limit);
        let more = rows.len() > wanted;
        rows.truncate(wanted);
        let end = |row: &Row| BoardCursor { order: row.board_order, request: row.request_id.0 };
        let next = rows.last().filter(|_| more).map(end);
        let visits = rows.into_iter().map(Row::listing).collect::<Result<_, _>>()?;
        Ok(VisitBoard { visits, next })
    }
}

/// The first condition lets the index begin there; the second one passes over those that the page before has shown.
fn after(query: Query, cursor: Option<BoardCursor>) -> Query {
    let Some(BoardCursor { order, request }) = cursor else { return query };
    query.filter(t::board_order.ge(order)).filter(t::board_order.gt(order).or(t::request_id.gt(Key(request))))
}
