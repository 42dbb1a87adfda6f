-- Who may read a case, and where lists have it: its own organisation, and each with which it is shared; and whether a visit
-- was asked for in it, for some read no others. Without this, a list would pass over all that somebody may not read. The
-- database keeps it itself.
-- Nobody writes what these are made of before the triggers are there.
lock table cases, case_summaries, visit_summaries, case_shares in share row exclusive mode;

create table case_readers (
    organisation_id bytea not null,
    case_id bytea not null,
    has_visit boolean not null,
    filed_day integer not null,
    updated_at bigint not null,
    next_due_at bigint,
    primary key (case_id, organisation_id)
);
insert into case_readers
select organisation_id, case_id, visit_state <> 'not_requested', filed_day, updated_at, next_due_at
from case_summaries
union select s.organisation_id, c.case_id, c.visit_state <> 'not_requested', c.filed_day, c.updated_at, c.next_due_at
from case_shares s join case_summaries c on c.case_id = s.case_id;
create index case_readers_filed on case_readers (organisation_id, has_visit, filed_day, case_id);
create index case_readers_updated on case_readers (organisation_id, has_visit, updated_at, case_id, filed_day);
create index case_readers_due on case_readers (organisation_id, has_visit, next_due_at, case_id, filed_day);
create index case_readers_waiting on case_readers (organisation_id, has_visit, filed_day, case_id, next_due_at)
where next_due_at is not null;

-- Likewise of the requests for visits in it.
create table visit_readers (
    organisation_id bytea not null,
    request_id bytea not null,
    is_open boolean not null,
    board_order bigint not null,
    due_at bigint,
    requested_at bigint not null,
    primary key (request_id, organisation_id)
);
insert into visit_readers
select organisation_id, request_id, is_open, board_order, due_at, requested_at from visit_summaries
union select s.organisation_id, v.request_id, v.is_open, v.board_order, v.due_at, v.requested_at
from case_shares s join visit_summaries v on v.case_id = s.case_id;
create index visit_readers_board on visit_readers (organisation_id, is_open, board_order, request_id);
create index visit_readers_queue on visit_readers (organisation_id, is_open, due_at, requested_at, request_id);
drop index visit_summaries_own_board;

create function keep_readers_of_case() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into case_readers values
        (new.organisation_id, new.case_id, new.visit_state <> 'not_requested', new.filed_day, new.updated_at, new.next_due_at);
        insert into case_readers
        select organisation_id, new.case_id, new.visit_state <> 'not_requested', new.filed_day, new.updated_at, new.next_due_at
        from case_shares where case_id = new.case_id and organisation_id <> new.organisation_id;
    elsif tg_op = 'UPDATE' then
        update case_readers
        set has_visit = new.visit_state <> 'not_requested', filed_day = new.filed_day,
            updated_at = new.updated_at, next_due_at = new.next_due_at
        where case_id = new.case_id;
    else
        delete from case_readers where case_id = old.case_id;
    end if;
    return null;
end
$$;
create trigger readers_of_case after insert or update or delete on case_summaries
for each row execute function keep_readers_of_case();

create function keep_readers_of_visit() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into visit_readers values
        (new.organisation_id, new.request_id, new.is_open, new.board_order, new.due_at, new.requested_at);
        insert into visit_readers
        select organisation_id, new.request_id, new.is_open, new.board_order, new.due_at, new.requested_at
        from case_shares where case_id = new.case_id and organisation_id <> new.organisation_id;
    elsif tg_op = 'UPDATE' then
        update visit_readers
        set is_open = new.is_open, board_order = new.board_order, due_at = new.due_at, requested_at = new.requested_at
        where request_id = new.request_id;
    else
        delete from visit_readers where request_id = old.request_id;
    end if;
    return null;
end
$$;
create trigger readers_of_visit after insert or update or delete on visit_summaries
for each row execute function keep_readers_of_visit();

create function keep_readers_of_share() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into case_readers
        select new.organisation_id, case_id, visit_state <> 'not_requested', filed_day, updated_at, next_due_at
        from case_summaries where case_id = new.case_id and organisation_id <> new.organisation_id;
        insert into visit_readers
        select new.organisation_id, request_id, is_open, board_order, due_at, requested_at
        from visit_summaries where case_id = new.case_id and organisation_id <> new.organisation_id;
    else
        delete from case_readers
        where organisation_id = old.organisation_id and case_id in
        (select case_id from case_summaries where case_id = old.case_id and organisation_id <> old.organisation_id);
        delete from visit_readers
        where organisation_id = old.organisation_id and request_id in
        (select request_id from visit_summaries where case_id = old.case_id and organisation_id <> old.organisation_id);
    end if;
    return null;
end
$$;
create trigger readers_of_share after insert or delete on case_shares
for each row execute function keep_readers_of_share();

-- Else the planner would guess until somebody counts.
analyze case_readers;
analyze visit_readers;
