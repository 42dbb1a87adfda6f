//! The tables of receipts and of what is written with them.

diesel::table! {
    receipt_derivation (id) {
        id -> Integer,
        cost -> Text,
        salt -> Binary,
    }
}

diesel::table! {
    receipts (lookup) {
        lookup -> Binary,
        case_id -> Binary,
        public_key -> Binary,
        created_at -> BigInt,
    }
}

diesel::table! {
    complainant_messages (id) {
        id -> Binary,
        case_id -> Binary,
        from_complainant -> Bool,
        text_sealed -> Text,
        sealed_for_receipt -> Nullable<Binary>,
        written_at -> BigInt,
        written_by -> Binary,
    }
}
