# How long R takes, for benches/statistics.rs: a line each, the method, what was called, the seconds.
suppressPackageStartupMessages({ library(survival); library(cmprsk) })
file <- commandArgs(trailingOnly = TRUE)[1]
seconds <- function(work) system.time(work)[["elapsed"]]
tell <- function(method, what, seconds) cat(method, "\t", what, "\t", sprintf("%.4f", seconds), "\n", sep = "")
median_of <- function(times, work) median(vapply(seq_len(times), function(i) seconds(work()), 0))

reading <- seconds(waits <- read.csv(file))
curves <- seconds(survfit(Surv(exit_days, outcome > 0) ~ group, waits, conf.type = "log-log"))
incidence <- seconds(cuminc(waits$exit_days, waits$outcome, waits$group))
test <- seconds(survdiff(Surv(exit_days, outcome > 0) ~ group, waits))
tell("command", "R: read.csv + survfit + cuminc + survdiff, by group", reading + curves + incidence + test)
tell("command", "R: of these read.csv alone", reading)
tell("curve", "R: survfit, log-log",
  median_of(3, function() survfit(Surv(exit_days, outcome > 0) ~ 1, waits, conf.type = "log-log")))
tell("incidence", "R: cuminc", median_of(3, function() cuminc(waits$exit_days, waits$outcome)))
tell("log_rank", "R: survdiff", median_of(3, function() survdiff(Surv(exit_days, outcome > 0) ~ group, waits)))
tell("gray", "R: cuminc with the groups, incidence by group included", incidence)
