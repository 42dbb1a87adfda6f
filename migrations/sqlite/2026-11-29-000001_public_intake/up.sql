-- What receipts are derived with: one row, for all of them. Without it no receipt opens anything.
create table receipt_derivation (
    id integer not null primary key check (id = 1),
    cost text not null,
    salt blob not null check (length(salt) = 16)
);
insert into receipt_derivation (id, cost, salt) values (1, 'argon2id,m=19456,t=2,p=1', randomblob(16));

-- The receipts of complainants without an account. `lookup` and `public_key` follow from sixteen digits that lie nowhere.
create table receipts (
    lookup blob not null primary key check (length(lookup) = 32),
    case_id blob not null unique references cases (id),
    public_key blob not null check (length(public_key) = 32),
    created_at bigint not null
) without rowid;

-- Questions to complainants, and their answers. `text_sealed` lies under a data key of the case; `sealed_for_receipt`
-- is the same text for the holder of the receipt, where it is for them.
create table complainant_messages (
    id blob not null primary key check (length(id) = 16),
    case_id blob not null references cases (id),
    from_complainant boolean not null,
    text_sealed text not null,
    sealed_for_receipt blob,
    written_at bigint not null,
    written_by blob not null references members (id)
) without rowid;
create index complainant_messages_case on complainant_messages (case_id, written_at);
