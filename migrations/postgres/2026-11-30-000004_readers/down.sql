drop trigger readers_of_share on case_shares;
drop trigger readers_of_visit on visit_summaries;
drop trigger readers_of_case on case_summaries;
drop function keep_readers_of_share();
drop function keep_readers_of_visit();
drop function keep_readers_of_case();
create index visit_summaries_own_board on visit_summaries (organisation_id, is_open, board_order, request_id);
drop table visit_readers;
drop table case_readers;
