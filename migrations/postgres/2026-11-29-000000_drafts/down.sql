drop index events_actor;
drop table drafts;
