-- How often the figures of days long past have changed, and how often cases were shared or no longer shared.
insert into revisions (name, revision) values ('past_statistics', 0), ('case_shares', 0);
