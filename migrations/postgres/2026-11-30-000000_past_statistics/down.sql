delete from revisions where name in ('past_statistics', 'case_shares');
