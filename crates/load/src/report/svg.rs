//! The drawing: a bar for each operation, beside what the machine could do.

use std::fmt::Write;

use super::{Report, Row};

const WIDTH: f64 = 760.0;
const LEFT: f64 = 150.0;
const BARS: f64 = 330.0;
const LINE: f64 = 34.0;
const TOP: f64 = 64.0;

const STYLE: &str = "<style>\
text{font:13px system-ui,sans-serif;fill:#1f2328}.small{font-size:11px;fill:#59636e}\
.title{font-weight:600}.bar{fill:#2f6fb3}.ceiling{fill:#d8dee6}\
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.small{fill:#9aa4af}.bar{fill:#6ba4e0}.ceiling{fill:#3a424c}}\
</style>";

/// An SVG with nothing from outside. The length of a bar is the part of its ceiling; rates differ too much to be
/// compared by length.
pub fn render(report: &Report) -> String {
    let mut svg = String::new();
    // writing to a string doesn't fail
    let _ = write(report, &mut svg);
    svg
}

fn write(report: &Report, to: &mut String) -> std::fmt::Result {
    let rows: Vec<&Row> = report.rows.iter().filter(|row| row.rate.is_some()).collect();
    let height = TOP + LINE * f64::from(u32::try_from(rows.len()).unwrap_or_default()) + 16.0;
    writeln!(
        to,
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img" aria-labelledby="title">"#
    )?;
    let title = escape(&format!("{} under load", report.provider));
    writeln!(to, r#"<title id="title">{title}</title>{STYLE}"#)?;
    writeln!(to, r#"<text class="title" x="16" y="26">{title}</text>"#)?;
    writeln!(
        to,
        r#"<text class="small" x="16" y="46">{} connections; provider and driver share {} cores; the bar is the part of what the machine could do</text>"#,
        report.connections, report.cores
    )?;
    let mut y = TOP;
    for row in rows {
        bar(row, y, to)?;
        y += LINE;
    }
    writeln!(to, "</svg>")
}

fn bar(row: &Row, y: f64, to: &mut String) -> std::fmt::Result {
    let text = y + 17.0;
    writeln!(to, r#"<text x="16" y="{text}">{}</text>"#, escape(row.operation))?;
    if let Some(part) = row.of_ceiling.filter(|part| part.is_finite()) {
        let length = BARS * part.clamp(0.0, 1.0);
        writeln!(to, r#"<rect class="ceiling" x="{LEFT}" y="{y}" width="{BARS}" height="24" rx="3"/>"#)?;
        writeln!(to, r#"<rect class="bar" x="{LEFT}" y="{y}" width="{length:.1}" height="24" rx="3"/>"#)?;
    }
    let right = LEFT + BARS + 12.0;
    let part = row.of_ceiling.map(|part| format!(" · {:.0} %", part * 100.0)).unwrap_or_default();
    let rate = row.rate.unwrap_or_default();
    writeln!(to, r#"<text x="{right}" y="{}">{rate:.0} /s{part}</text>"#, y + 10.0)?;
    let (p50, p99) = (row.p50_ms, row.p99_ms);
    writeln!(
        to,
        r#"<text class="small" x="{right}" y="{}">p50 {p50:.1} ms, p99 {p99:.1} ms</text>"#,
        y + 24.0
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::{super::samples, *};

    #[test]
    fn what_a_provider_is_called_stays_text() {
        let mut report = samples::report();
        report.provider = r#"<script src="x">&"#.into();
        let svg = render(&report);
        assert!(
            !svg.contains("<script") && svg.contains("&lt;script src=&quot;x&quot;&gt;&amp; under load"),
            "{svg}"
        );
    }

    #[test]
    fn only_what_was_measured_has_a_bar_and_no_bar_is_longer_than_its_ceiling() {
        let mut report = samples::report();
        let svg = render(&report);
        assert!(svg.contains(r#"class="bar" x="150" y="64" width="165.0""#), "{svg}");
        assert_eq!((svg.matches("class=\"bar\"").count(), svg.contains("introspection")), (1, false));
        report.rows[0].of_ceiling = Some(1.2);
        assert!(render(&report).contains(r#"width="330.0""#));
        report.rows[0].of_ceiling = Some(f64::INFINITY);
        assert!(!render(&report).contains("class=\"bar\""));
    }
}
