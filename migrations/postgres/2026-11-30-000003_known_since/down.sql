drop index case_measures_known_from;
