drop table escalation_levels;
