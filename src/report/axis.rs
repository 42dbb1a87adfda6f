//! Where the ticks of an axis stand, and which pixel a value has.

/// A linear scale from values to pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    pub(super) values: (f64, f64),
    pub(super) pixels: (i32, i32),
}

impl Scale {
    /// The pixel of a value; values outside are drawn at the edge.
    pub(super) fn pixel(&self, value: f64) -> i32 {
        let (low, high) = self.values;
        let (from, to) = (f64::from(self.pixels.0), f64::from(self.pixels.1));
        let part = ((value - low) / (high - low)).clamp(0.0, 1.0);
        #[expect(clippy::cast_possible_truncation, reason = "between two pixels of a plot")]
        let pixel = (from + part * (to - from)).round() as i32;
        pixel
    }
}

/// The end of a time axis that shows `longest`: at least 1.
pub(super) fn end(longest: f64, ticks: &[f64]) -> f64 {
    let last_tick = ticks.last().copied().unwrap_or(0.0);
    [longest, last_tick].into_iter().filter(|time| time.is_finite()).fold(1.0, f64::max)
}

/// Ticks at round values from 0 to `end`: seven at most.
pub(super) fn round_ticks(end: f64) -> Vec<f64> {
    const MOST: f64 = 6.0;
    let rough = end / MOST;
    let magnitude = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|factor| factor * magnitude).find(|step| end / step <= MOST);
    let step = step.unwrap_or(end);
    (0_u32..).map(|number| f64::from(number) * step).take_while(|tick| *tick <= end * 1.000_001).collect()
}

/// Leaves out ticks that are not numbers, do not rise, or would stand closer than `apart` pixels.
pub(super) fn legible(ticks: &[f64], scale: &Scale, apart: i32) -> Vec<usize> {
    let mut kept: Vec<usize> = Vec::new();
    for (place, tick) in ticks.iter().enumerate().filter(|(_, tick)| tick.is_finite() && **tick >= 0.0) {
        let fits = kept.last().is_none_or(|last| scale.pixel(*tick) - scale.pixel(ticks[*last]) >= apart);
        if fits {
            kept.push(place);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_ticks_reach_from_nothing_to_the_end() {
        assert_eq!(round_ticks(730.0), [0.0, 200.0, 400.0, 600.0]);
        assert_eq!(round_ticks(1.0), [0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0]);
    }

    #[test]
    fn ticks_that_would_touch_are_left_out() {
        let scale = Scale { values: (0.0, 100.0), pixels: (0, 100) };
        assert_eq!(legible(&[0.0, 10.0, 50.0, f64::NAN, 60.0, 90.0], &scale, 40), [0, 2, 5]);
    }
}
