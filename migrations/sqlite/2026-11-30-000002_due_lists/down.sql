drop index case_summaries_stage_due;
drop index case_summaries_kind_of_place_due;
drop index case_summaries_agency_due;
drop index case_summaries_region_due;
