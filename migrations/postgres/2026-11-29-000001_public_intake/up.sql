-- What receipts are derived with: one row, for all of them. Without it no receipt opens anything.
create table receipt_derivation (
    id integer not null primary key check (id = 1),
    cost text not null,
    salt bytea not null check (octet_length(salt) = 16)
);
insert into receipt_derivation (id, cost, salt) values (1, 'argon2id,m=19456,t=2,p=1', uuid_send(gen_random_uuid()));

-- The receipts of complainants without an account. `lookup` and `public_key` follow from sixteen digits that lie nowhere.
create table receipts (
    lookup bytea not null primary key check (octet_length(lookup) = 32),
    case_id bytea not null unique references cases (id),
    public_key bytea not null check (octet_length(public_key) = 32),
    created_at bigint not null
);

-- Questions to complainants, and their answers. `text_sealed` lies under a data key of the case; `sealed_for_receipt`
-- is the same text for the holder of the receipt, where it is for them.
create table complainant_messages (
    id bytea not null primary key check (octet_length(id) = 16),
    case_id bytea not null references cases (id),
    from_complainant boolean not null,
    text_sealed text not null,
    sealed_for_receipt bytea,
    written_at bigint not null,
    written_by bytea not null references members (id)
);
create index complainant_messages_case on complainant_messages (case_id, written_at);
