# The figures of `aiqyn stats survival --json` as R gives them: a line each, where the figure stands in the JSON,
# a tab, and the figure or null.
#
#   Rscript figures.R waits.csv AT,AT,… TAU,TAU,… [log-log|log]
#
# The file has exit_days and outcome, and may have entry_days, group and stratum. What no package on hand gives
# is written out here, apart from Aiqyn's way of doing it: the covariance of the shares of all endings, by
# matrices (as etm does), the log-rank test with delayed entry, Newcombe's interval.
suppressPackageStartupMessages({ library(survival); library(cmprsk) })
words <- commandArgs(trailingOnly = TRUE)
waits <- read.csv(words[1], colClasses = c(group = "character", stratum = "character")[
  intersect(c("group", "stratum"), names(read.csv(words[1], nrows = 1)))])
numbers <- function(text) as.numeric(strsplit(text, ",")[[1]])
at <- numbers(words[2])
tau <- numbers(words[3])
interval <- if (length(words) > 3) words[4] else "log-log"
shares <- c(0.25, 0.5, 0.75)

late <- "entry_days" %in% names(waits) && any(waits$entry_days > 0)
waits$entry <- if (late) waits$entry_days else -Inf
endings <- sort(unique(waits$outcome[waits$outcome > 0]))
groups <- if ("group" %in% names(waits)) sort(unique(waits$group), method = "radix") else character()
z <- qnorm(0.975)

figure <- function(where, value) {
  text <- ifelse(is.na(value) | !is.finite(value), "null", sprintf("%.17g", value))
  cat(paste0(where, "\t", text, "\n"), sep = "")
}
count_until <- function(times, t) vapply(t, function(one) sum(times <= one), 0)

# --- curves -----------------------------------------------------------------------------------------
fit_of <- function(d, event) {
  if (late) survfit(Surv(d$entry, d$exit_days, event) ~ 1, conf.type = interval)
  else survfit(Surv(d$exit_days, event) ~ 1, conf.type = interval)
}
curve <- function(where, d, event) {
  fit <- fit_of(d, event)
  points <- summary(fit, times = at, extend = TRUE)
  for (i in seq_along(at)) {
    here <- paste0(where, "/at/", i - 1)
    figure(paste0(here, "/n_risk"), sum(d$entry < at[i] & d$exit_days >= at[i]))
    figure(paste0(here, "/cum_events"), sum(event & d$exit_days <= at[i]))
    figure(paste0(here, "/survival"), points$surv[i])
    figure(paste0(here, "/se"), if (points$surv[i] > 0) points$std.err[i] else NA)
    figure(paste0(here, "/lo"), points$lower[i])
    figure(paste0(here, "/hi"), points$upper[i])
  }
  found <- quantile(fit, shares)
  for (i in seq_along(shares)) {
    here <- paste0(where, "/quantiles/", i - 1)
    figure(paste0(here, "/estimate"), found$quantile[i])
    figure(paste0(here, "/lo"), found$lower[i])
    figure(paste0(here, "/hi"), found$upper[i])
  }
  for (i in seq_along(tau)) {
    here <- paste0(where, "/restricted_mean/", i - 1)
    mean <- mean_to(fit, tau[i])
    figure(paste0(here, "/estimate"), mean[1])
    figure(paste0(here, "/se"), mean[2])
  }
  fit
}
mean_to <- function(fit, tau) {
  table <- tryCatch(summary(fit, rmean = tau)$table, error = function(e) NULL)
  if (is.null(table)) c(NA, NA) else unname(c(table["rmean"], table["se(rmean)"]))
}
hazard <- function(where, fit) {
  for (i in seq_along(at)) {
    here <- paste0(where, "/nelson_aalen/", i - 1)
    passed <- count_until(fit$time, at[i])
    h <- if (passed > 0) fit$cumhaz[passed] else 0
    se <- if (passed > 0) fit$std.chaz[passed] else 0
    figure(paste0(here, "/hazard"), h)
    figure(paste0(here, "/se"), se)
    figure(paste0(here, "/lo"), if (h > 0) h * exp(-z * se / h) else NA)
    figure(paste0(here, "/hi"), if (h > 0) h * exp(z * se / h) else NA)
  }
}

# --- competing endings ------------------------------------------------------------------------------
# The shares of all states by a survfit of several states; their covariance by the multinomial recursion over
# the whole vector: Cov' = (I + dA)' Cov (I + dA) + p0² (diag(q) - q q')/n.
incidence <- function(where, d) {
  if (length(endings) == 0) return(invisible())
  times <- sort(unique(d$exit_days[d$outcome > 0]))
  states <- length(endings) + 1
  p <- c(1, rep(0, states - 1))
  covariance <- matrix(0, states, states)
  shares <- matrix(0, length(times), states - 1)
  errors <- shares
  order <- order(d$exit_days)
  exits <- d$exit_days[order]
  entries <- sort(d$entry)
  at_risk <- findInterval(times, entries, left.open = TRUE) - findInterval(times, exits, left.open = TRUE)
  ended <- table(factor(d$exit_days[d$outcome > 0], times), factor(d$outcome[d$outcome > 0], endings))
  for (i in seq_along(times)) {
    n <- at_risk[i]
    q <- as.numeric(ended[i, ]) / n
    row <- c(1 - sum(q), q)
    if (n == sum(ended[i, ])) row[1] <- 0
    step <- diag(states)
    step[1, ] <- row
    covariance <- t(step) %*% covariance %*% step + p[1]^2 * (diag(row) - row %o% row) / n
    p <- as.numeric(p %*% step)
    shares[i, ] <- p[-1]
    errors[i, ] <- sqrt(pmax(diag(covariance)[-1], 0))
  }
  whole <- if (late || all(d$outcome == 0)) NULL else cuminc(d$exit_days, d$outcome)
  for (k in seq_along(endings)) for (i in seq_along(at)) {
    here <- paste0(where, "/cumulative_incidence/", k - 1, "/at/", i - 1)
    passed <- count_until(times, at[i])
    share <- if (passed > 0) shares[passed, k] else 0
    # Where all have ended in this way nothing is uncertain; the recursion leaves noise of rounding there.
    se <- if (passed > 0 && share < 1 - 1e-12) errors[passed, k] else 0
    if (!late && paste(1, endings[k]) %in% names(whole)) {
      curve <- whole[[paste(1, endings[k])]]
      package <- curve$est[max(which(curve$time <= at[i]), 1)]
      if (abs(package - share) > 1e-9 && at[i] > 0) stop("cmprsk gives ", package, ", not ", share)
    }
    figure(paste0(here, "/estimate"), share)
    figure(paste0(here, "/se"), se)
    inside <- share > 0 && share < 1 - 1e-12
    spread <- if (inside) exp(z * se / (share * abs(log(share)))) else NA
    figure(paste0(here, "/lo"), if (inside) share^spread else NA)
    figure(paste0(here, "/hi"), if (inside) share^(1 / spread) else NA)
  }
}

# --- shares -----------------------------------------------------------------------------------------
wilson <- function(k, n) {
  if (n == 0) return(c(NA, NA))
  suppressWarnings(prop.test(k, n, correct = FALSE)$conf.int[1:2])
}
share <- function(where, k, n) {
  limits <- wilson(k, n)
  figure(paste0(where, "/n"), n)
  figure(paste0(where, "/share"), if (n > 0) k / n else NA)
  figure(paste0(where, "/lo"), if (k == 0 && n > 0) 0 else limits[1])
  figure(paste0(where, "/hi"), if (k == n && n > 0) 1 else limits[2])
}
newcombe <- function(where, k, n) {
  if (any(n == 0)) return(for (part in c("difference", "lo", "hi")) figure(paste0(where, "/", part), NA))
  p <- k / n
  first <- wilson(k[1], n[1])
  second <- wilson(k[2], n[2])
  figure(paste0(where, "/difference"), p[1] - p[2])
  figure(paste0(where, "/lo"), p[1] - p[2] - sqrt((p[1] - first[1])^2 + (second[2] - p[2])^2))
  figure(paste0(where, "/hi"), p[1] - p[2] + sqrt((first[2] - p[1])^2 + (p[2] - second[1])^2))
}

# --- tests ------------------------------------------------------------------------------------------
# Hypergeometric, written out: what survdiff does, but with delayed entry too.
log_rank_by_hand <- function(d, event, strata) {
  k <- length(groups)
  score <- rep(0, k)
  expected <- score
  v <- matrix(0, k, k)
  for (stratum in unique(strata)) {
    s <- strata == stratum
    for (t in sort(unique(d$exit_days[s & event]))) {
      risk <- vapply(groups, function(g) sum(s & d$group == g & d$entry < t & d$exit_days >= t), 0)
      dead <- vapply(groups, function(g) sum(s & d$group == g & event & d$exit_days == t), 0)
      n <- sum(risk)
      e <- sum(dead)
      expected <- expected + e * risk / n
      score <- score + dead - e * risk / n
      if (n > 1) v <- v + e * (n - e) / (n - 1) * (diag(risk / n, k) - (risk / n) %o% (risk / n))
    }
  }
  turned <- eigen(v, symmetric = TRUE)
  kept <- turned$values > 1e-9 * max(turned$values, 1e-300)
  list(exp = expected, df = sum(kept),
    chisq = sum((t(turned$vectors[, kept, drop = FALSE]) %*% score)^2 / turned$values[kept]))
}
log_rank <- function(where, d, event, strata) {
  observed <- vapply(groups, function(g) sum(event & d$group == g), 0)
  found <- NULL
  if (!late && length(groups) > 1 && any(event)) {
    found <- tryCatch({
      test <- if (length(unique(strata)) > 1) survdiff(Surv(exit_days, event) ~ group + strata(strata), d)
        else survdiff(Surv(exit_days, event) ~ group, d)
      expected <- if (is.matrix(test$exp)) rowSums(test$exp) else test$exp
      list(exp = expected, chisq = test$chisq, df = sum(expected > 0) - 1)
    }, error = function(e) NULL)
  }
  if (is.null(found) || nrow(d) < 1000) {
    own <- log_rank_by_hand(d, event, strata)
    if (is.null(found) || own$df != found$df) found <- own
    if (own$df > 0 && abs(own$chisq - found$chisq) > 1e-8 * found$chisq + 1e-12) stop("survdiff gives another chi2")
  }
  for (g in seq_along(groups)) {
    figure(paste0(where, "/observed/", g - 1), observed[g])
    figure(paste0(where, "/expected/", g - 1), found$exp[g])
  }
  figure(paste0(where, "/df"), found$df)
  figure(paste0(where, "/chi2"), if (found$df > 0) found$chisq else NA)
  figure(paste0(where, "/p"), if (found$df > 0) pchisq(found$chisq, found$df, lower.tail = FALSE) else NA)
}
log_ranks <- function(where, d, strata) {
  log_rank(paste0(where, "/any"), d, d$outcome > 0, strata)
  if (length(endings) > 1) for (k in seq_along(endings)) {
    log_rank(paste0(where, "/by_outcome/", k - 1), d, d$outcome == endings[k], strata)
  }
}
gray <- function(d) {
  tests <- if (late || length(groups) < 2 || length(endings) == 0) NULL else {
    # The last digits of cuminc's 1 - pchisq are lost; the upper tail keeps them.
    cuminc(d$exit_days, d$outcome, d$group)$Tests
  }
  for (k in seq_along(endings)) {
    chi2 <- if (is.null(tests)) NA else tests[as.character(endings[k]), "stat"]
    if (!is.na(chi2) && chi2 < 0) chi2 <- NA # cmprsk's word for a singular covariance
    figure(paste0("/gray_test/", k - 1, "/chi2"), chi2)
    figure(paste0("/gray_test/", k - 1, "/p"), pchisq(chi2, length(groups) - 1, lower.tail = FALSE))
  }
}

# --- everything -------------------------------------------------------------------------------------
figures <- function(where, d) {
  figure(paste0(where, "/n"), nrow(d))
  figure(paste0(where, "/events"), sum(d$outcome > 0))
  figure(paste0(where, "/open"), sum(d$outcome == 0))
  for (k in seq_along(endings)) {
    here <- paste0(where, "/endings/", k - 1)
    ended <- sum(d$outcome == endings[k])
    figure(paste0(here, "/k"), ended)
    share(paste0(here, "/all_rows"), ended, nrow(d))
    share(paste0(here, "/ended_rows"), ended, sum(d$outcome > 0))
  }
  hazard(where, curve(paste0(where, "/kaplan_meier"), d, d$outcome > 0))
  incidence(where, d)
  if (length(endings) > 1) for (k in seq_along(endings)) {
    curve(paste0(where, "/cause_specific/", k - 1), d, d$outcome == endings[k])
  }
}
figure("/rows", nrow(waits))
figures("/all", waits)
for (g in seq_along(groups)) figures(paste0("/groups/", g - 1), waits[waits$group == groups[g], ])
if (length(groups) > 0) {
  log_ranks("/logrank", waits, rep(1, nrow(waits)))
  if ("stratum" %in% names(waits)) log_ranks("/stratified_logrank", waits, waits$stratum)
  gray(waits)
}
if (length(groups) == 2) {
  two <- lapply(groups, function(g) waits[waits$group == g, ])
  for (k in seq_along(endings)) {
    ended <- vapply(two, function(d) sum(d$outcome == endings[k]), 0)
    here <- paste0("/rate_difference/", k - 1)
    newcombe(paste0(here, "/all_rows"), ended, vapply(two, nrow, 0))
    newcombe(paste0(here, "/ended_rows"), ended, vapply(two, function(d) sum(d$outcome > 0), 0))
  }
  fits <- lapply(two, function(d) fit_of(d, d$outcome > 0))
  for (i in seq_along(tau)) {
    means <- lapply(fits, mean_to, tau[i])
    difference <- means[[1]][1] - means[[2]][1]
    se <- sqrt(means[[1]][2]^2 + means[[2]][2]^2)
    here <- paste0("/restricted_mean_difference/", i - 1)
    figure(paste0(here, "/difference"), difference)
    figure(paste0(here, "/se"), se)
    figure(paste0(here, "/p"), if (!is.na(se) && se > 0) 2 * pnorm(-abs(difference / se)) else NA)
  }
}
