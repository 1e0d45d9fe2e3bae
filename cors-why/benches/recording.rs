//! How long a recording takes, beside what serde_json takes to skip the same file, and in how much memory: `cargo bench -p cors-why`.
//! Fails where a limit does not hold. With `ENTRIES=2000` under callgrind it counts.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;

use cors_why::__private::recorded;
use serde::de::IgnoredAny;
use serde_json::Value;

/// As many times as long.
const MOST: f64 = 3.0;
const MEGABYTES: u64 = 100;
const ROUNDS: usize = 3;

/// Recordings of Chromium, whose first script's request is repeated with another address each time.
const CASES: [(&str, &str); 4] = [
    ("E13.har", "readable"),
    ("E04.full.har", "blocked"),
    ("E16.har", "without what decides"),
    ("E05.full.har", "with a preflight each"),
];

fn main() {
    let entries = std::env::var("ENTRIES").map_or(120_000, |entries| entries.parse().expect("a number"));
    let mut is_over = false;
    for (name, what) in CASES {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("bench-{name}"));
        write(name, entries, &path);
        let mut times = [u64::MAX; 2];
        for _ in 0..ROUNDS {
            let reads: [fn(&Path); 2] = [skip, judge];
            for (read, least) in reads.into_iter().zip(&mut times) {
                let begin = processor();
                read(&path);
                *least = (processor() - begin).min(*least);
            }
        }
        let [skipped, judged] = times.map(|time| time as f64 / 1e9);
        let (ratio, megabytes) = (judged / skipped, peak());
        let size = fs::metadata(&path).expect("it is there").len() >> 20;
        println!(
            "{entries} entries, {size} MB, {what}: skipped in {skipped:.2} s, judged in {judged:.2} s, {ratio:.2} times; {megabytes} MB so far"
        );
        is_over |= ratio > MOST || megabytes > MEGABYTES;
        fs::remove_file(&path).expect("it is there");
    }
    assert!(!is_over, "more than {MOST} times, or more than {MEGABYTES} MB");
}

fn open(path: &Path) -> BufReader<File> {
    BufReader::with_capacity(256 << 10, File::open(path).expect("a file"))
}

fn skip(path: &Path) {
    serde_json::from_reader::<_, IgnoredAny>(open(path)).expect("JSON");
}

fn judge(path: &Path) {
    recorded(open(path)).expect("a recording");
}

fn write(name: &str, entries: usize, path: &Path) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/why/data/har");
    let text = fs::read_to_string(folder.join(name)).expect("a recording");
    let recording: Value = serde_json::from_str(&text).expect("JSON");
    let templates = recording["log"]["entries"].as_array().expect("a list");
    let address = templates[0]["request"]["url"].as_str().expect("an address");
    // As DevTools writes it.
    let templates: Vec<String> =
        templates.iter().map(|entry| serde_json::to_string_pretty(entry).expect("JSON")).collect();
    let mut file = BufWriter::new(File::create(path).expect("a file"));
    write!(file, "{{\"log\":{{\"creator\":{},\"entries\":[", recording["log"]["creator"]).expect("room");
    for number in 0..entries {
        let template = &templates[number % templates.len()];
        let entry = template.replace(address, &format!("{address}/{}?number={number}", number / templates.len()));
        let entry = if templates.len() > 1 { entry.replace(&format!("?number={number}"), "") } else { entry };
        write!(file, "{}{entry}", if number > 0 { ",\n" } else { "" }).expect("room");
    }
    write!(file, "]}}}}").expect("room");
}

/// How long this program had a processor, in nanoseconds: others on the machine do not count.
fn processor() -> u64 {
    let times = fs::read_to_string("/proc/self/schedstat").expect("Linux tells it");
    times.split(' ').next().and_then(|time| time.parse().ok()).expect("a number")
}

/// The most memory that this process had, in megabytes.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux tells it");
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("Linux tells it");
    let kibibytes: u64 = line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).expect("a number");
    kibibytes >> 10
}
