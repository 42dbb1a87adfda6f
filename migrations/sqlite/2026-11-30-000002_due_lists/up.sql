-- The waiting cases of one region, agency, kind of place or stage in the order of their deadlines: without these all of
-- them are sorted for each page.
create index case_summaries_region_due on case_summaries (region, next_due_at, case_id) where next_due_at is not null;
create index case_summaries_agency_due on case_summaries (agency, next_due_at, case_id) where next_due_at is not null;
create index case_summaries_kind_of_place_due on case_summaries (kind_of_place, next_due_at, case_id)
    where next_due_at is not null;
create index case_summaries_stage_due on case_summaries (stage, next_due_at, case_id) where next_due_at is not null;
