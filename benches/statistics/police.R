# The figures of the police complaints as R gives them, beside Aiqyn's in docs/statistics.md. Needs the packages
# survival and etm (Debian: r-cran-survival, r-cran-etm).
#
#   Rscript benches/statistics/police.R waits.csv      (of police_waits.py)
suppressPackageStartupMessages({ library(survival); library(etm) })
waits <- read.csv(commandArgs(trailingOnly = TRUE)[1])
waits$ended <- waits$outcome > 0
tell <- function(what, ...) cat(what, sprintf("%.12g", c(...)), "\n", sep = "\t")

for (grouping in c("body", "side")) for (group in sort(unique(waits[[grouping]]))) {
  fit <- survfit(Surv(exit_days, ended) ~ 1, waits[waits[[grouping]] == group, ], conf.type = "log-log")
  tell(paste("median,", group), unlist(quantile(fit, 0.5)))
}
# etm wants a transition a wait, from state 0, and no wait of no time: half a day stands for the same day.
waits$time <- ifelse(waits$exit_days == 0, 0.5, waits$exit_days)
shares <- function(who, d) {
  present <- sort(unique(d$outcome[d$outcome > 0]))
  fit <- etmCIF(Surv(time, ended) ~ 1, d, etype = d$outcome, failcode = present)
  for (outcome in intersect(1:2, present)) {
    table <- summary(fit)[[1]][[paste("CIF", outcome)]]
    for (day in c(365, 730)) {
      at <- table[max(which(table$time <= day)), ]
      # etm offers log(-log(1 - F)); the limits here are symmetric in log(-log F), as everywhere in Aiqyn.
      spread <- exp(qnorm(0.975) * sqrt(at$var) / (at$P * abs(log(at$P))))
      tell(paste0("outcome ", outcome, " by day ", day, ", ", who), at$P, sqrt(at$var), at$P^spread, at$P^(1 / spread))
    }
  }
}
shares("all", waits)
for (body in c("OPS", "IPRA")) shares(body, waits[waits$body == body, ])
test <- survdiff(Surv(exit_days, ended) ~ side, waits)
tell("log-rank, chi2 df p", test$chisq, 1, pchisq(test$chisq, 1, lower.tail = FALSE))
tell("observed, civilian body and internal affairs", test$obs)
tell("expected", test$exp)
