-- What statistics know of a case: a row for each day on which something was recorded of it, as it was known at the
-- end of that day. `known_from` is that day, `known_to` the next one that has a row, or 2147483647; both count days
-- since 1970-01-01 in the reporting zone. Derived from the events; filled by the program when it migrates.
create table case_measures (
    organisation_id bytea not null,
    known_to integer not null,
    case_id bytea not null references cases (id),
    known_from integer not null,
    filed_day integer not null,
    -- Packed; see src/store/measure_code.rs.
    data bytea not null,
    primary key (organisation_id, known_to, case_id)
) partition by range (known_to);
-- What holds today lies together, not among what held once.
create table case_measures_past partition of case_measures for values from (minvalue) to (2147483647);
create table case_measures_current partition of case_measures for values from (2147483647) to (maxvalue);
-- Cases that are shared with an organisation are found one by one.
create index case_measures_case on case_measures (case_id, known_to);

-- Rows that are there from the beginning: two transactions that began one at the same time could not both.
insert into revisions (name, revision) values ('statistics', 0), ('case_measures_format', 0);
