-- Where a request stands on the board, the longest wait first: for an open one since when it waits, for one that has
-- ended how long it waited, with a minus before it.
alter table visit_summaries add column board_order bigint not null default 0;
update visit_summaries set board_order = case
    when is_open then coalesce(approved_at, requested_at)
    else requested_at - coalesce(answered_at, ended_at, follow_up_ended_at, requested_at)
end;
create index visit_summaries_board on visit_summaries (is_open, board_order, request_id);
create index visit_summaries_own_board on visit_summaries (organisation_id, is_open, board_order, request_id);
