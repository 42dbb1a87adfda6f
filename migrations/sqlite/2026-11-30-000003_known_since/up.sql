-- What has become known since a day: without it, every row would be looked at for the few of yesterday and today.
create index case_measures_known_from on case_measures (known_from);
