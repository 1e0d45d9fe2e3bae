//! `docs/performance.svg`: what a search takes against the number of origins.

use std::fmt::Write as _;

use crate::counts::Search;

pub(crate) const FILE: &str = "docs/performance.svg";

const WIDTH: f64 = 820.0;
const HEIGHT: f64 = 400.0;
/// The room of the axes, and on the right of the lines' names.
const LEFT: f64 = 110.0;
const RIGHT: f64 = 190.0;
const TOP: f64 = 20.0;
const BOTTOM: f64 = 50.0;

/// Powers of ten at the ends of the axes.
const ORIGINS: [i32; 2] = [0, 6];
const INSTRUCTIONS: [i32; 2] = [1, 8];

const LINES: [(&str, &str); 4] = [
    ("exact origins", "cors-actix: origins"),
    ("patterns", "cors-actix: patterns"),
    ("HashSet", "HashSet (actix-cors)"),
    ("scan", "one by one (tower-http)"),
];

const STYLE: &str = "\
.ground { fill: #ffffff; stroke: #d1d9e0 }
text { font: 13px system-ui, sans-serif; fill: #1f2328 }
.grid { stroke: #d1d9e0 }
.line { fill: none; stroke-width: 2.5 }
.l0 { stroke: #0969da } .l1 { stroke: #8250df } .l2 { stroke: #bc4c00 } .l3 { stroke: #59636e }
@media (prefers-color-scheme: dark) {
.ground { fill: #0d1117; stroke: #3d444d } text { fill: #f0f6fc } .grid { stroke: #3d444d }
.l0 { stroke: #4493f8 } .l1 { stroke: #ab7df8 } .l2 { stroke: #db6d28 } .l3 { stroke: #9198a1 }
}";

/// The picture, for light and dark pages. It has a ground of its own, since it follows the system and not the page.
pub(crate) fn draw(searches: &[Search]) -> String {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\">\n\
         <title>Instructions of a search against the number of origins</title>\n<style>\n{STYLE}\n</style>\n\
         <rect class=\"ground\" x=\"0.5\" y=\"0.5\" width=\"{}\" height=\"{}\" rx=\"6\"/>\n",
        WIDTH - 1.0,
        HEIGHT - 1.0
    );
    let mut put = |element: String| writeln!(svg, "{element}").expect("text grows");
    for power in ORIGINS[0]..=ORIGINS[1] {
        let (x, end) = (x(10_f64.powi(power)), HEIGHT - BOTTOM);
        put(format!("<path class=\"grid\" d=\"M{x:.1} {TOP}V{end}\"/>"));
        put(format!("<text x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\">{}</text>", end + 18.0, name(power)));
    }
    for power in INSTRUCTIONS[0]..=INSTRUCTIONS[1] {
        let y = y(10_f64.powi(power));
        put(format!("<path class=\"grid\" d=\"M{LEFT} {y:.1}H{}\"/>", WIDTH - RIGHT));
        put(format!("<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>", LEFT - 8.0, y + 4.0, name(power)));
    }
    let middle = (LEFT + WIDTH - RIGHT) / 2.0;
    put(format!("<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">origins</text>", HEIGHT - 8.0));
    put(format!(
        "<text transform=\"translate(18 {}) rotate(-90)\" text-anchor=\"middle\">instructions</text>",
        HEIGHT / 2.0
    ));

    let mut names = Vec::new();
    for (index, (structure, label)) in LINES.into_iter().enumerate() {
        let of_structure = searches.iter().filter(|search| search.structure == structure);
        let mut points: Vec<_> = of_structure.map(|search| (search.count as f64, search.instructions[0])).collect();
        points.sort_by(|one, other| one.0.total_cmp(&other.0));
        let Some(last) = points.last() else { continue };
        names.push((y(last.1), label));
        let points: Vec<_> = points.iter().map(|point| format!("{:.1} {:.1}", x(point.0), y(point.1))).collect();
        put(format!("<path class=\"line l{index}\" d=\"M{}\"/>", points.join("L")));
    }
    // From below, each name a line above the one before at least.
    names.sort_by(|one, other| other.0.total_cmp(&one.0));
    let mut free = HEIGHT;
    for (height, label) in names {
        free = f64::min(height + 4.0, free - 18.0);
        put(format!("<text x=\"{}\" y=\"{free:.1}\">{label}</text>", WIDTH - RIGHT + 8.0));
    }
    svg + "</svg>\n"
}

fn x(origins: f64) -> f64 {
    LEFT + share(origins, ORIGINS) * (WIDTH - LEFT - RIGHT)
}

fn y(instructions: f64) -> f64 {
    HEIGHT - BOTTOM - share(instructions, INSTRUCTIONS) * (HEIGHT - TOP - BOTTOM)
}

/// Where a number stands between two powers of ten.
fn share(number: f64, [begin, end]: [i32; 2]) -> f64 {
    (number.log10() - f64::from(begin)) / f64::from(end - begin)
}

fn name(power: i32) -> &'static str {
    ["1", "10", "100", "1,000", "10,000", "100,000", "1,000,000", "10 million", "100 million"]
        .get(usize::try_from(power).unwrap_or(0))
        .copied()
        .unwrap_or_default()
}
