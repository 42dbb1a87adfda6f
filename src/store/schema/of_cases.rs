//! The tables of cases, of the lists that they are described by, and of the audit log.

diesel::table! {
    revisions (name) {
        name -> Text,
        revision -> Integer,
    }
}

diesel::table! {
    code_entries (id) {
        id -> Text,
        list -> Text,
        code -> Text,
        valid_from -> Nullable<Text>,
        valid_to -> Nullable<Text>,
        kk -> Text,
        ru -> Text,
        en -> Text,
        parent -> Nullable<Text>,
        iso -> Nullable<Text>,
        successors -> Text,
        attributes -> Text,
        position -> Integer,
    }
}

diesel::table! {
    deadline_rules (id) {
        id -> Text,
        jurisdiction -> Text,
        kind_of_place -> Nullable<Text>,
        step -> Text,
        hours -> Integer,
        valid_from -> Nullable<Text>,
        valid_to -> Nullable<Text>,
        basis -> Text,
        source_kk -> Text,
        source_ru -> Text,
        source_en -> Text,
    }
}

diesel::table! {
    reference_counters (year) {
        year -> Integer,
        last_number -> Integer,
    }
}

diesel::table! {
    cases (id) {
        id -> Binary,
        reference_year -> Integer,
        reference_number -> Integer,
        organisation_id -> Binary,
        jurisdiction -> Text,
        time_zone -> Text,
        version -> Integer,
        origin -> Nullable<Binary>,
    }
}

diesel::table! {
    events (id) {
        id -> Binary,
        case_id -> Binary,
        sequence -> Integer,
        kind -> Text,
        occurred_at -> Text,
        recorded_at -> BigInt,
        actor_id -> Binary,
        organisation_id -> Binary,
        corrects -> Nullable<Binary>,
        correction_reason -> Nullable<Text>,
        payload -> Text,
    }
}

diesel::table! {
    case_summaries (case_id) {
        case_id -> Binary,
        reference_year -> Integer,
        reference_number -> Integer,
        organisation_id -> Binary,
        jurisdiction -> Text,
        time_zone -> Text,
        version -> Integer,
        updated_at -> BigInt,
        stage -> Text,
        investigation_state -> Text,
        visit_state -> Text,
        first_ending -> Nullable<Text>,
        outcome -> Nullable<Text>,
        dismissed_by_internal_security -> Bool,
        channel -> Text,
        region -> Nullable<Text>,
        kind_of_place -> Nullable<Text>,
        place -> Nullable<Text>,
        agency -> Nullable<Text>,
        first_body -> Nullable<Text>,
        sex -> Nullable<Text>,
        age_band -> Nullable<Text>,
        filed_day -> Integer,
        next_due_at -> Nullable<BigInt>,
        learnt_at -> Nullable<BigInt>,
        filed_at -> Nullable<BigInt>,
        routed_at -> Nullable<BigInt>,
        investigation_opened_at -> Nullable<BigInt>,
        first_response_at -> Nullable<BigInt>,
        dismissed_at -> Nullable<BigInt>,
        appealed_at -> Nullable<BigInt>,
        appeal_answered_at -> Nullable<BigInt>,
        appeal_withdrawn_at -> Nullable<BigInt>,
        reopened_at -> Nullable<BigInt>,
        prosecuted_at -> Nullable<BigInt>,
        closed_at -> Nullable<BigInt>,
        withdrawn_at -> Nullable<BigInt>,
        deprived_of_liberty_at -> Nullable<BigInt>,
        registered_at -> Nullable<BigInt>,
        lawyer_at -> Nullable<BigInt>,
        doctor_at -> Nullable<BigInt>,
        family_at -> Nullable<BigInt>,
        follow_up_ended_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    case_readers (case_id, organisation_id) {
        organisation_id -> Binary,
        case_id -> Binary,
        has_visit -> Bool,
        filed_day -> Integer,
        updated_at -> BigInt,
        next_due_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    visit_readers (request_id, organisation_id) {
        organisation_id -> Binary,
        request_id -> Binary,
        is_open -> Bool,
        board_order -> BigInt,
        due_at -> Nullable<BigInt>,
        requested_at -> BigInt,
    }
}

diesel::table! {
    visit_summaries (request_id) {
        request_id -> Binary,
        case_id -> Binary,
        ordinal -> Integer,
        organisation_id -> Binary,
        reference_year -> Integer,
        reference_number -> Integer,
        jurisdiction -> Text,
        time_zone -> Text,
        state -> Text,
        is_open -> Bool,
        needs_approval -> Bool,
        region -> Nullable<Text>,
        agency -> Nullable<Text>,
        kind_of_place -> Text,
        place -> Nullable<Text>,
        evidence -> Text,
        refusal_ground -> Nullable<Text>,
        announced -> Nullable<Text>,
        private_interview -> Nullable<Text>,
        filed_day -> Integer,
        requested_day -> Integer,
        due_at -> Nullable<BigInt>,
        requested_at -> BigInt,
        answered_at -> Nullable<BigInt>,
        approved_at -> Nullable<BigInt>,
        carried_out_at -> Nullable<BigInt>,
        ended_at -> Nullable<BigInt>,
        follow_up_ended_at -> Nullable<BigInt>,
        board_order -> BigInt,
    }
}

diesel::table! {
    idempotency_keys (organisation_id, key) {
        organisation_id -> Binary,
        key -> Text,
        fingerprint -> Binary,
        case_id -> Binary,
        event_id -> Binary,
        version -> Integer,
        recorded_at -> BigInt,
    }
}

diesel::table! {
    case_shares (case_id, organisation_id) {
        case_id -> Binary,
        organisation_id -> Binary,
        shared_at -> BigInt,
        shared_by -> Binary,
    }
}

diesel::table! {
    data_keys (id) {
        id -> Binary,
        case_id -> Binary,
        request_id -> Nullable<Binary>,
        created_at -> BigInt,
        retired -> Bool,
    }
}

diesel::table! {
    sealed_keys (data_key_id, organisation_id) {
        data_key_id -> Binary,
        organisation_id -> Binary,
        organisation_key_id -> Binary,
        sealed -> Binary,
    }
}

diesel::table! {
    erasures (case_id) {
        case_id -> Binary,
        erased_at -> BigInt,
        erased_by -> Binary,
    }
}

diesel::table! {
    name_tokens (organisation_id, token, case_id, event_id, word) {
        organisation_id -> Binary,
        token -> Binary,
        case_id -> Binary,
        event_id -> Binary,
        word -> Integer,
    }
}

diesel::table! {
    names_to_index (organisation_id, case_id) {
        organisation_id -> Binary,
        case_id -> Binary,
    }
}

diesel::table! {
    documents (id) {
        id -> Binary,
        case_id -> Binary,
        data_key_id -> Binary,
        name_sealed -> Text,
        key_sealed -> Text,
        media_type -> Text,
        size -> BigInt,
        content -> Binary,
        added_at -> BigInt,
        added_by -> Binary,
    }
}

diesel::table! {
    audit_records (sequence) {
        sequence -> BigInt,
        recorded_at -> BigInt,
        actor_id -> Nullable<Binary>,
        organisation_id -> Nullable<Binary>,
        action -> Text,
        outcome -> Text,
        subject_kind -> Nullable<Text>,
        subject_id -> Nullable<Text>,
        purpose -> Nullable<Text>,
        details -> Text,
        previous_hash -> Binary,
        hash -> Binary,
    }
}

diesel::table! {
    audit_checkpoints (sequence) {
        sequence -> BigInt,
        made_at -> BigInt,
        document -> Text,
    }
}
