-- Identifiers are 16-byte UUIDs. `*_at` columns that end a sentence about recording are microseconds
-- since 1970 in UTC; milestone columns are stamps (see src/store/stamp.rs); `*_day` columns count days
-- since 1970-01-01 in the case's time zone.

create table organisations (
    id blob not null primary key check (length(id) = 16),
    name text not null unique
);

create table members (
    id blob not null primary key check (length(id) = 16),
    organisation_id blob not null references organisations (id),
    name text not null,
    unique (organisation_id, name)
);

create table revisions (
    name text not null primary key,
    revision integer not null
);

create table code_entries (
    id text not null primary key,
    list text not null,
    code text not null,
    valid_from text,
    valid_to text,
    kk text not null,
    ru text not null,
    en text not null,
    parent text,
    iso text,
    successors text not null,
    attributes text not null,
    position integer not null
);

create table deadline_rules (
    id text not null primary key,
    jurisdiction text not null,
    kind_of_place text,
    step text not null,
    hours integer not null check (hours > 0),
    valid_from text,
    valid_to text,
    basis text not null,
    source_kk text not null,
    source_ru text not null,
    source_en text not null
);

create table reference_counters (
    year integer not null primary key,
    last_number integer not null
);

create table cases (
    id blob not null primary key check (length(id) = 16),
    reference_year integer not null,
    reference_number integer not null,
    organisation_id blob not null references organisations (id),
    jurisdiction text not null,
    time_zone text not null,
    version integer not null,
    origin blob unique,
    unique (reference_year, reference_number)
);

create table events (
    id blob not null primary key check (length(id) = 16),
    case_id blob not null references cases (id),
    sequence integer not null,
    kind text not null,
    occurred_at text not null,
    recorded_at bigint not null,
    actor_id blob not null references members (id),
    organisation_id blob not null references organisations (id),
    corrects blob unique references events (id),
    correction_reason text,
    payload text not null,
    unique (case_id, sequence)
);

-- The events are the truth: they are added, never changed.
create trigger events_are_never_changed before update on events
begin
    select raise(abort, 'events are never changed');
end;
create trigger events_are_never_deleted before delete on events
begin
    select raise(abort, 'events are never deleted');
end;

create table case_summaries (
    case_id blob not null primary key references cases (id),
    reference_year integer not null,
    reference_number integer not null,
    organisation_id blob not null,
    jurisdiction text not null,
    time_zone text not null,
    version integer not null,
    updated_at bigint not null,
    stage text not null,
    investigation_state text not null,
    visit_state text not null,
    first_ending text,
    outcome text,
    dismissed_by_internal_security boolean not null,
    channel text not null,
    region text,
    kind_of_place text,
    place text,
    agency text,
    first_body text,
    sex text,
    age_band text,
    filed_day integer not null,
    next_due_at bigint,
    learnt_at bigint,
    filed_at bigint,
    routed_at bigint,
    investigation_opened_at bigint,
    first_response_at bigint,
    dismissed_at bigint,
    appealed_at bigint,
    appeal_answered_at bigint,
    appeal_withdrawn_at bigint,
    reopened_at bigint,
    prosecuted_at bigint,
    closed_at bigint,
    withdrawn_at bigint,
    deprived_of_liberty_at bigint,
    registered_at bigint,
    lawyer_at bigint,
    doctor_at bigint,
    family_at bigint,
    follow_up_ended_at bigint
);
create index case_summaries_filed on case_summaries (filed_day, case_id);
create index case_summaries_updated on case_summaries (updated_at, case_id);
create index case_summaries_due on case_summaries (next_due_at, case_id);
-- The overdue in the order of filing: the few that wait with a deadline, told apart within the index.
create index case_summaries_waiting on case_summaries (filed_day, case_id, next_due_at) where next_due_at is not null;
create index case_summaries_stage on case_summaries (stage, filed_day, case_id);
create index case_summaries_region on case_summaries (region, filed_day, case_id);
create index case_summaries_agency on case_summaries (agency, filed_day, case_id);
create index case_summaries_kind_of_place on case_summaries (kind_of_place, filed_day, case_id);
create index case_summaries_place on case_summaries (place, filed_day, case_id) where place is not null;

create table visit_summaries (
    request_id blob not null primary key,
    case_id blob not null references cases (id),
    ordinal integer not null,
    organisation_id blob not null,
    reference_year integer not null,
    reference_number integer not null,
    jurisdiction text not null,
    time_zone text not null,
    state text not null,
    is_open boolean not null,
    needs_approval boolean not null,
    region text,
    agency text,
    kind_of_place text not null,
    place text,
    evidence text not null,
    refusal_ground text,
    announced text,
    private_interview text,
    filed_day integer not null,
    requested_day integer not null,
    due_at bigint,
    requested_at bigint not null,
    answered_at bigint,
    approved_at bigint,
    carried_out_at bigint,
    ended_at bigint,
    follow_up_ended_at bigint,
    unique (case_id, ordinal)
);
-- A request without a deadline stands behind those with one.
create index visit_summaries_queue on visit_summaries (is_open, due_at, requested_at, request_id);

create table idempotency_keys (
    organisation_id blob not null references organisations (id),
    key text not null,
    fingerprint blob not null,
    case_id blob not null references cases (id),
    event_id blob not null references events (id),
    version integer not null,
    recorded_at bigint not null,
    primary key (organisation_id, key)
);
create index idempotency_keys_recorded on idempotency_keys (recorded_at);
