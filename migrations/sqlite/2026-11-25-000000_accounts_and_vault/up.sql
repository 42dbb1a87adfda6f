-- Accounts, keys and the audit log. Every key and every secret here is sealed or hashed; see docs/vault.md.
-- `*_at` columns are microseconds since 1970 in UTC.

alter table organisations add column kind text not null default 'ngo';
-- The public half of the recovery key that was printed once; to it every version of the organisation's key is sealed.
alter table organisations add column recovery_public_key blob;

-- A member who can log in. Imports and the console are members without an account.
create table accounts (
    member_id blob not null primary key references members (id),
    login text not null unique,
    state text not null,
    roles text not null,
    invitation_hash blob,
    invitation_expires_at bigint,
    kdf text,
    salt blob,
    public_key blob,
    private_key_sealed blob,
    totp_sealed blob,
    totp_last_step bigint not null default 0,
    created_at bigint not null,
    password_changed_at bigint
);

create table recovery_codes (
    hash blob not null primary key,
    member_id blob not null references members (id)
);
create index recovery_codes_member on recovery_codes (member_id);

-- Browsers that a member has logged in from: their guesses are counted apart from everybody else's.
create table known_devices (
    hash blob not null primary key,
    member_id blob not null references members (id),
    used_at bigint not null
);
create index known_devices_member on known_devices (member_id);

create table login_failures (
    subject blob not null primary key,
    failures integer not null,
    last_at bigint not null
);
create index login_failures_last on login_failures (last_at);

-- Sessions of browsers and tokens of programs.
create table sessions (
    id blob not null primary key check (length(id) = 16),
    token_hash blob not null unique,
    member_id blob not null references members (id),
    kind text not null,
    name text,
    scopes text not null,
    member_key_wrapped blob not null,
    created_at bigint not null,
    seen_at bigint not null,
    expires_at bigint not null,
    reauthenticated_at bigint
);
create index sessions_member on sessions (member_id);
create index sessions_expiry on sessions (expires_at);

create table organisation_keys (
    id blob not null primary key check (length(id) = 16),
    organisation_id blob not null references organisations (id),
    version integer not null,
    public_key blob not null,
    sealed_for_recovery blob not null,
    created_at bigint not null,
    unique (organisation_id, version)
);

-- An organisation's private key, sealed to a member who may read.
create table key_grants (
    member_id blob not null references members (id),
    organisation_key_id blob not null references organisation_keys (id),
    sealed blob not null,
    primary key (member_id, organisation_key_id)
);
create index key_grants_key on key_grants (organisation_key_id);

-- The key of an organisation's blind index, sealed to its key.
create table index_keys (
    organisation_id blob not null primary key references organisations (id),
    organisation_key_id blob not null references organisation_keys (id),
    sealed blob not null
);

create table case_shares (
    case_id blob not null references cases (id),
    organisation_id blob not null references organisations (id),
    shared_at bigint not null,
    shared_by blob not null references members (id),
    primary key (case_id, organisation_id)
);
create index case_shares_organisation on case_shares (organisation_id, case_id);

-- The data keys of a case: for its texts (no request), and one for each visit request.
create table data_keys (
    id blob not null primary key check (length(id) = 16),
    case_id blob not null references cases (id),
    request_id blob,
    created_at bigint not null,
    -- Somebody who may not read on has had it: what is written from then on goes under another.
    retired boolean not null default 0
);
create index data_keys_case on data_keys (case_id);
create index data_keys_request on data_keys (request_id) where request_id is not null;

-- A data key, sealed to an organisation that may read. Erasing a case deletes its rows here.
create table sealed_keys (
    data_key_id blob not null references data_keys (id),
    organisation_id blob not null references organisations (id),
    organisation_key_id blob not null references organisation_keys (id),
    sealed blob not null,
    primary key (data_key_id, organisation_id)
);
create index sealed_keys_key on sealed_keys (organisation_key_id);

create table erasures (
    case_id blob not null primary key references cases (id),
    erased_at bigint not null,
    erased_by blob not null references members (id)
);

create table name_tokens (
    organisation_id blob not null references organisations (id),
    token blob not null,
    case_id blob not null references cases (id),
    event_id blob not null references events (id),
    word integer not null,
    primary key (organisation_id, token, case_id, event_id, word)
) without rowid;
create index name_tokens_case on name_tokens (case_id, organisation_id);

-- Cases whose names an organisation has not indexed yet: only whoever holds its key can.
create table names_to_index (
    organisation_id blob not null references organisations (id),
    case_id blob not null references cases (id),
    primary key (organisation_id, case_id)
) without rowid;

create table documents (
    id blob not null primary key check (length(id) = 16),
    case_id blob not null references cases (id),
    data_key_id blob not null references data_keys (id),
    name_sealed text not null,
    key_sealed text not null,
    media_type text not null,
    size bigint not null,
    content blob not null,
    added_at bigint not null,
    added_by blob not null references members (id)
);
create index documents_case on documents (case_id, added_at);
create index documents_content on documents (content);

create table audit_records (
    sequence bigint not null primary key,
    recorded_at bigint not null,
    actor_id blob,
    organisation_id blob,
    action text not null,
    outcome text not null,
    subject_kind text,
    subject_id text,
    purpose text,
    details text not null,
    previous_hash blob not null,
    hash blob not null
);
create index audit_records_recorded on audit_records (recorded_at);
create index audit_records_actor on audit_records (actor_id, sequence);
create index audit_records_subject on audit_records (subject_id, sequence);
create index audit_records_action on audit_records (action, sequence);
create index audit_records_outcome on audit_records (outcome, sequence);

create trigger audit_records_are_never_changed before update on audit_records
begin
    select raise(abort, 'audit records are never changed');
end;
create trigger audit_records_are_never_deleted before delete on audit_records
begin
    select raise(abort, 'audit records are never deleted');
end;

create table audit_checkpoints (
    sequence bigint not null primary key,
    made_at bigint not null,
    document text not null
);
