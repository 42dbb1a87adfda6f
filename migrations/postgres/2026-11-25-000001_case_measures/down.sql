drop table case_measures;
delete from revisions where name in ('statistics', 'case_measures_format');
