-- Complaints that somebody has begun to log: sealed to the member who writes, whom alone they are shown to.
create table drafts (
    id blob not null primary key,
    member_id blob not null references members (id),
    sealed blob not null,
    begun_at bigint not null,
    saved_at bigint not null
);
create index drafts_member on drafts (member_id, saved_at);

-- The cases that a member worked on last.
create index events_actor on events (actor_id, recorded_at);
