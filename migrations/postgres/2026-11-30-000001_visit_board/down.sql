drop index visit_summaries_own_board;
drop index visit_summaries_board;
alter table visit_summaries drop column board_order;
