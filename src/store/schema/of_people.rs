//! The tables of organisations and members: accounts, sessions, keys, drafts.

diesel::table! {
    accounts (member_id) {
        member_id -> Binary,
        login -> Text,
        state -> Text,
        roles -> Text,
        invitation_hash -> Nullable<Binary>,
        invitation_expires_at -> Nullable<BigInt>,
        kdf -> Nullable<Text>,
        salt -> Nullable<Binary>,
        public_key -> Nullable<Binary>,
        private_key_sealed -> Nullable<Binary>,
        totp_sealed -> Nullable<Binary>,
        totp_last_step -> BigInt,
        created_at -> BigInt,
        password_changed_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    recovery_codes (hash) {
        hash -> Binary,
        member_id -> Binary,
    }
}

diesel::table! {
    known_devices (hash) {
        hash -> Binary,
        member_id -> Binary,
        used_at -> BigInt,
    }
}

diesel::table! {
    login_failures (subject) {
        subject -> Binary,
        failures -> Integer,
        last_at -> BigInt,
    }
}

diesel::table! {
    sessions (id) {
        id -> Binary,
        token_hash -> Binary,
        member_id -> Binary,
        kind -> Text,
        name -> Nullable<Text>,
        scopes -> Text,
        member_key_wrapped -> Binary,
        created_at -> BigInt,
        seen_at -> BigInt,
        expires_at -> BigInt,
        reauthenticated_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    organisation_keys (id) {
        id -> Binary,
        organisation_id -> Binary,
        version -> Integer,
        public_key -> Binary,
        sealed_for_recovery -> Binary,
        created_at -> BigInt,
    }
}

diesel::table! {
    key_grants (member_id, organisation_key_id) {
        member_id -> Binary,
        organisation_key_id -> Binary,
        sealed -> Binary,
    }
}

diesel::table! {
    index_keys (organisation_id) {
        organisation_id -> Binary,
        organisation_key_id -> Binary,
        sealed -> Binary,
    }
}

diesel::table! {
    organisations (id) {
        id -> Binary,
        name -> Text,
        kind -> Text,
        recovery_public_key -> Nullable<Binary>,
    }
}

diesel::table! {
    members (id) {
        id -> Binary,
        organisation_id -> Binary,
        name -> Text,
    }
}

diesel::table! {
    drafts (id) {
        id -> Binary,
        member_id -> Binary,
        sealed -> Binary,
        begun_at -> BigInt,
        saved_at -> BigInt,
    }
}

diesel::joinable!(accounts -> members (member_id));
