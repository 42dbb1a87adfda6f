//! Draws a plot as SVG, for the PDF and for pages alike: the same bytes for the same plot.
//! Text stays text; nothing in it needs an inline style or a script, which a strict content security policy forbids.
//! Curves are told apart by dash, grey level and number, never by colour alone.

use plotters::coord::Shift;
use plotters::element::DashedPathElement;
use plotters::prelude::{DrawingArea, IntoDrawingArea, PathElement, Polygon, RGBColor, SVGBackend, ShapeStyle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, TextStyle};

use super::axis::{self, Scale};
use super::document::Words;
use super::plot::{Curve, Plot};
use crate::i18n::Language;

/// The family that the PDF embeds, then families of browsers' machines that have the Kazakh letters.
const FAMILY: &str = "Libertinus Serif, Noto Serif, Times New Roman, DejaVu Serif, serif";
const WIDTH: i32 = 1360;
const LEFT: i32 = 120;
const RIGHT: i32 = WIDTH - 50;
const PLOT_HEIGHT: i32 = 520;
const LINE: i32 = 34;
const TEXT: i32 = 26;
/// Plotters divides font sizes by this before it writes them.
const PLOTTERS_FONT_SCALE: f64 = 1.24;

const INK: RGBColor = RGBColor(0x22, 0x22, 0x22);
const GRID: RGBColor = RGBColor(0xdd, 0xdd, 0xdd);

/// Colour, length of a dash and of the gap after it; no gap is a whole line.
const STYLES: [(RGBColor, i32, i32); 4] = [
    (RGBColor(0x12, 0x35, 0x4b), 1, 0),
    (RGBColor(0xa3, 0x4a, 0x1f), 22, 9),
    (RGBColor(0x5b, 0x6b, 0x73), 5, 7),
    (RGBColor(0x4c, 0x5a, 0x1c), 40, 7),
];

/// Why a plot could not be drawn.
#[derive(Debug, thiserror::Error)]
#[error("the plot cannot be drawn: {0}")]
pub struct PlotError(String);

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Point = (i32, i32);

/// Draws a plot; a plot without data says so.
///
/// # Errors
/// When the drawing library fails, which it has no known reason to.
pub fn svg(plot: &Plot, words: &Words, language: Language) -> Result<String, PlotError> {
    let mut markup = String::new();
    let drawing = Drawing::new(plot, words, language);
    {
        let size = (WIDTH.unsigned_abs(), drawing.height().unsigned_abs());
        let area = SVGBackend::with_string(&mut markup, size).into_drawing_area();
        drawing.draw(&area)?;
        area.present().map_err(|error| PlotError(error.to_string()))?;
    }
    Ok(described(&markup, plot))
}

/// What a screen reader says; the drawing library cannot write it.
fn described(markup: &str, plot: &Plot) -> String {
    let (title, description) = (escaped(&plot.title), escaped(&plot.alternative_text));
    let head = format!(r#"<svg role="img" aria-label="{title}" "#);
    let markup: String = markup.chars().filter(|character| !is_forbidden(*character)).collect();
    let Some((opening, rest)) = markup.split_once('>') else { return markup };
    let opening = opening.replacen("<svg ", &head, 1);
    format!("{opening}>\n<title>{title}</title>\n<desc>{description}</desc>{rest}")
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars().filter(|character| !is_forbidden(*character)) {
        match character {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// What XML 1.0 cannot hold, even escaped.
fn is_forbidden(character: char) -> bool {
    matches!(character, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

struct Drawing<'a> {
    plot: &'a Plot,
    words: &'a Words,
    language: Language,
    x: Scale,
    y: Scale,
    ticks: Vec<f64>,
    /// The ticks that are drawn.
    shown: Vec<usize>,
}

impl<'a> Drawing<'a> {
    fn new(plot: &'a Plot, words: &'a Words, language: Language) -> Self {
        let longest = plot.curves.iter().map(|curve| curve.last_time).fold(0.0, f64::max);
        let given = plot.at_risk.as_ref().map(|at_risk| at_risk.times.clone()).filter(|times| !times.is_empty());
        let end = axis::end(longest, given.as_deref().unwrap_or_default());
        let ticks = given.unwrap_or_else(|| axis::round_ticks(end));
        let top = if plot.curves.len() > 1 { LINE * count(plot.curves.len()) + 24 } else { 24 };
        let x = Scale { values: (0.0, end), pixels: (LEFT, RIGHT) };
        let height = if plot.is_empty() { PLOT_HEIGHT / 2 } else { PLOT_HEIGHT };
        let y = Scale { values: (0.0, 1.0), pixels: (top + height, top) };
        let shown = if plot.is_empty() { Vec::new() } else { axis::legible(&ticks, &x, 64) };
        Self { plot, words, language, x, y, ticks, shown }
    }

    fn bottom(&self) -> i32 {
        self.y.pixels.0
    }

    fn height(&self) -> i32 {
        let axis = self.bottom() + 2 * LINE + 20;
        let Some(at_risk) = &self.plot.at_risk else { return axis };
        let rows: i32 =
            at_risk.rows.iter().map(|(name, _)| if self.key(name).is_some() { LINE } else { 2 * LINE }).sum();
        axis + LINE + rows + 10
    }

    /// The number by which a curve is known, where there are several.
    fn key(&self, name: &str) -> Option<usize> {
        if self.plot.curves.len() < 2 {
            return None;
        }
        self.plot.curves.iter().position(|curve| curve.name == name).map(|place| place + 1)
    }

    fn draw(&self, area: &Area<'_>) -> Result<(), PlotError> {
        self.draw_axes(area)?;
        if self.plot.is_empty() {
            let middle = (i32::midpoint(LEFT, RIGHT), i32::midpoint(self.y.pixels.0, self.y.pixels.1));
            return write(area, &self.words.no_data, middle, HPos::Center, FontStyle::Italic);
        }
        for (place, curve) in self.plot.curves.iter().enumerate() {
            self.draw_band(area, curve, STYLES[place % STYLES.len()].0)?;
        }
        for (place, curve) in self.plot.curves.iter().enumerate() {
            draw_line(area, self.path(curve), place)?;
        }
        if self.plot.curves.len() > 1 {
            self.draw_legend(area)?;
            self.draw_keys(area)?;
        }
        self.draw_at_risk(area)
    }

    fn draw_axes(&self, area: &Area<'_>) -> Result<(), PlotError> {
        for percent in [0_u8, 20, 40, 60, 80, 100] {
            let share = f64::from(percent) / 100.0;
            let y = self.y.pixel(share);
            line(area, vec![(LEFT, y), (RIGHT, y)], GRID, 1)?;
            write(area, &self.language.share(share, 0), (LEFT - 14, y), HPos::Right, FontStyle::Normal)?;
        }
        for place in &self.shown {
            let x = self.x.pixel(self.ticks[*place]);
            line(area, vec![(x, self.bottom()), (x, self.bottom() + 8)], INK, 2)?;
            let label = self.tick_label(self.ticks[*place]);
            write(area, &label, (x, self.bottom() + 24), HPos::Center, FontStyle::Normal)?;
        }
        line(area, vec![(LEFT, self.y.pixels.1), (LEFT, self.bottom()), (RIGHT, self.bottom())], INK, 2)?;
        let middle = i32::midpoint(LEFT, RIGHT);
        write(area, &self.plot.x_title, (middle, self.bottom() + 24 + LINE), HPos::Center, FontStyle::Normal)?;
        let middle = i32::midpoint(self.y.pixels.0, self.y.pixels.1);
        let upright = font(FontStyle::Normal).transform(plotters::style::FontTransform::Rotate270);
        let style = TextStyle::from(upright).color(&INK).pos(Pos::new(HPos::Center, VPos::Center));
        drawn(area.draw(&Text::new(self.plot.y_title.clone(), (18, middle), style)))
    }

    fn tick_label(&self, tick: f64) -> String {
        let decimals = if tick.fract().abs() < 1e-9 { 0 } else { 1 };
        self.language.number(tick, decimals)
    }

    /// The corners of a curve in pixels; steps within one pixel fall together.
    fn path(&self, curve: &Curve) -> Vec<Point> {
        let start = (0.0, self.plot.start.estimate());
        let steps = curve.steps.iter().map(|step| (step.time, step.estimate));
        self.corners(std::iter::once(start).chain(steps), curve.last_time)
    }

    fn corners(&self, levels: impl Iterator<Item = (f64, f64)>, last_time: f64) -> Vec<Point> {
        let mut corners: Vec<Point> = Vec::new();
        for (time, level) in levels.filter(|(time, level)| time.is_finite() && level.is_finite()) {
            let (x, y) = (self.x.pixel(time), self.y.pixel(level));
            if let Some(&(_, before)) = corners.last() {
                corners.push((x, before));
            }
            corners.push((x, y));
        }
        if let Some(&(x, y)) = corners.last() {
            corners.push((x.max(self.x.pixel(last_time)), y));
        }
        corners.dedup();
        corners
    }

    fn draw_band(&self, area: &Area<'_>, curve: &Curve, color: RGBColor) -> Result<(), PlotError> {
        let with_limits: Vec<_> =
            curve.steps.iter().filter_map(|step| Some((step.time, step.low?, step.high?))).collect();
        let upper = self.corners(with_limits.iter().map(|(time, _, high)| (*time, *high)), curve.last_time);
        let lower = self.corners(with_limits.iter().map(|(time, low, _)| (*time, *low)), curve.last_time);
        if upper.len() < 2 {
            return Ok(());
        }
        let outline: Vec<Point> = upper.into_iter().chain(lower.into_iter().rev()).collect();
        drawn(area.draw(&Polygon::new(outline, color.mix(0.14))))
    }

    fn draw_legend(&self, area: &Area<'_>) -> Result<(), PlotError> {
        for (place, curve) in self.plot.curves.iter().enumerate() {
            let y = LINE * count(place) + LINE / 2;
            write(area, &(place + 1).to_string(), (LEFT, y), HPos::Left, FontStyle::Bold)?;
            draw_line(area, vec![(LEFT + 26, y), (LEFT + 116, y)], place)?;
            write(area, &curve.name, (LEFT + 130, y), HPos::Left, FontStyle::Normal)?;
        }
        Ok(())
    }

    /// Writes each curve's number at its end; numbers that would touch are pushed up, away from the time axis.
    fn draw_keys(&self, area: &Area<'_>) -> Result<(), PlotError> {
        const APART: i32 = 26;
        let curves = self.plot.curves.iter().enumerate();
        let mut ends: Vec<(usize, Point)> =
            curves.filter_map(|(place, curve)| Some((place, *self.path(curve).last()?))).collect();
        ends.sort_by_key(|(place, (_, y))| std::cmp::Reverse((*y, *place)));
        let mut written: Vec<Point> = Vec::new();
        for (place, (x, end)) in ends {
            let touching = written.iter().filter(|(other, _)| (other - x).abs() < APART);
            let y = touching.map(|(_, taken)| taken - APART).fold(end.min(self.bottom() - APART / 2), i32::min);
            written.push((x, y));
            write(area, &(place + 1).to_string(), (x + 10, y), HPos::Left, FontStyle::Bold)?;
        }
        Ok(())
    }

    fn draw_at_risk(&self, area: &Area<'_>) -> Result<(), PlotError> {
        let Some(at_risk) = &self.plot.at_risk else { return Ok(()) };
        let mut y = self.bottom() + 2 * LINE + 44;
        write(area, &at_risk.title, (LEFT, y), HPos::Left, FontStyle::Italic)?;
        for (name, numbers) in &at_risk.rows {
            y += LINE;
            if let Some(key) = self.key(name) {
                write(area, &key.to_string(), (18, y), HPos::Left, FontStyle::Bold)?;
            } else {
                write(area, name, (LEFT, y), HPos::Left, FontStyle::Normal)?;
                y += LINE;
            }
            for place in &self.shown {
                let text = match numbers.get(*place) {
                    Some(Some(number)) => self.language.count(*number),
                    Some(None) => self.words.withheld.clone(),
                    None => continue,
                };
                write(area, &text, (self.x.pixel(self.ticks[*place]), y), HPos::Center, FontStyle::Normal)?;
            }
        }
        Ok(())
    }
}

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX / LINE)
}

fn font(style: FontStyle) -> FontDesc<'static> {
    FontDesc::new(FontFamily::Name(FAMILY), f64::from(TEXT) * PLOTTERS_FONT_SCALE, style)
}

fn write(area: &Area<'_>, text: &str, at: Point, anchor: HPos, style: FontStyle) -> Result<(), PlotError> {
    let style = TextStyle::from(font(style)).color(&INK).pos(Pos::new(anchor, VPos::Center));
    drawn(area.draw(&Text::new(text.to_owned(), at, style)))
}

fn line(area: &Area<'_>, points: Vec<Point>, color: RGBColor, width: u32) -> Result<(), PlotError> {
    drawn(area.draw(&PathElement::new(points, ShapeStyle::from(&color).stroke_width(width))))
}

fn draw_line(area: &Area<'_>, points: Vec<Point>, place: usize) -> Result<(), PlotError> {
    let (color, dash, gap) = STYLES[place % STYLES.len()];
    let style = ShapeStyle::from(&color).stroke_width(4);
    if gap == 0 || points.len() < 2 {
        return drawn(area.draw(&PathElement::new(points, style)));
    }
    drawn(area.draw(&DashedPathElement::new(points, dash, gap, style)))
}

fn drawn<E: std::error::Error + Send + Sync>(
    result: Result<(), plotters::drawing::DrawingAreaErrorKind<E>>,
) -> Result<(), PlotError> {
    result.map_err(|error| PlotError(error.to_string()))
}
