//! What a sealed thing is bound to, in bytes that can be read in one way only.

use uuid::Uuid;

use crate::domain::id::DataKeyId;

/// Where a sealed text belongs. An envelope that is moved elsewhere will not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The table.
    pub table: &'static str,
    /// The column, or the field of the payload.
    pub column: &'static str,
    /// The row.
    pub row: Uuid,
}

impl Binding {
    /// The additional data of a text that lies here under a key.
    pub(super) fn additional_data(&self, key: DataKeyId) -> Vec<u8> {
        framed(&[b"aiqyn text 1", key.0.as_bytes(), self.table.as_bytes(), self.column.as_bytes(), self.row.as_bytes()])
    }
}

/// Several byte strings as one, each with its length before it (8 bytes, big-endian), so that no two
/// lists give the same bytes.
pub(super) fn framed(parts: &[&[u8]]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(parts.iter().map(|part| part.len() + 8).sum());
    for part in parts {
        bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
        bytes.extend_from_slice(part);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::framed;

    #[test]
    fn where_one_part_ends_cannot_be_shifted() {
        assert_ne!(framed(&[b"ab", b"c"]), framed(&[b"a", b"bc"]));
        assert_ne!(framed(&[b"ab"]), framed(&[b"ab", b""]));
    }
}
