//! The command line: its mistakes, and its help.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::program::run;
use crate::{PAGE, why};

#[test]
fn all_mistakes_are_said_at_once() {
    let run = why(&["api.example.com/x", "--from", "app", "-H", "x", "-H", "y", "-d", "@no such file"]);
    assert_eq!(run.status, 2);
    let lines: Vec<&str> = run.errors.lines().collect();
    assert_eq!(lines.len(), 5, "{run:?}");
    assert!(
        lines[0].starts_with("error: \"x\" is no header") && lines[1].starts_with("error: \"y\" is no header"),
        "{run:?}"
    );
    assert!(lines[2].starts_with("error: cannot read \"no such file\""), "{run:?}");
    let both = why(&["api.example.com/x", "--from", "app"]);
    assert_eq!(both.errors.lines().count(), 2, "{both:?}");
    let curl = why(&["curl", "http://localhost:1/", "--interface", "x", "-H", "y", "-Q"]);
    assert_eq!(curl.errors.lines().filter(|line| line.starts_with("error: ")).count(), 5, "{curl:?}");
}

#[test]
fn nothing_and_too_much_are_mistakes() {
    assert_eq!(why(&[]).errors, "error: nothing was pasted; why --help shows what can be\n");
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("long.txt");
    fs::write(&file, "x ".repeat(3 << 20)).expect("a file");
    let name = file.to_str().expect("a path");
    let long = why(&[name]);
    assert_eq!(
        (long.status, long.errors.as_str()),
        (2, format!("error: {name} is longer than 4 MiB, which no message or command is\n").as_str())
    );
    let endless = Path::new(env!("CARGO_TARGET_TMPDIR")).join("endless.har");
    fs::File::create(&endless).and_then(|file| file.set_len(3 << 30)).expect("a file without content takes no room");
    let run = why(&["--har", endless.to_str().expect("a path")]);
    fs::remove_file(&endless).expect("it is there");
    assert!(run.errors.ends_with("is longer than 2 GiB, and more is not read\n"), "{run:?}");
    let folder = why(&["--har", env!("CARGO_MANIFEST_DIR")]);
    assert!(folder.errors.ends_with("is a folder, not a file\n"), "{folder:?}");
}

/// None of two is left out in silence.
#[test]
fn one_thing_is_asked_at_a_time() {
    let addresses = "error: the command asks several addresses: http://localhost:1/, http://localhost:2/; keep one\n";
    let commands = "error: these are several commands of curl; keep one\n";
    let rows: [(&[&str], &str); 6] = [
        (&["--from", PAGE, "curl", "http://localhost:1/", "http://localhost:2/"], addresses),
        (&["curl http://localhost:1/ http://localhost:2/", "--from", PAGE], addresses),
        (&["curl http://localhost:1/ --url http://localhost:2/", "--from", PAGE], addresses),
        (&["curl http://localhost:1/\ncurl http://localhost:2/", "--from", PAGE], commands),
        (&["curl http://localhost:1/ && curl http://localhost:2/", "--from", PAGE], commands),
        (&["--from", PAGE, "curl", "http://localhost:1/", "curl", "http://localhost:2/"], commands),
    ];
    let follows = |first: &str, next: &str| {
        format!("error: one thing is asked at a time, and {next:?} follows {first}; the page goes after --from\n")
    };
    let of_words = [
        (
            vec!["http://localhost:1/", "http://localhost:2/", "--from", PAGE],
            follows("http://localhost:1/", "http://localhost:2/"),
        ),
        (vec!["https://api.example.com/x", PAGE], follows("https://api.example.com/x", PAGE)),
        (vec!["localhost:1/x", "PUT", "--from", PAGE], follows("localhost:1/x", "PUT")),
        (vec!["http://localhost:1/\nhttp://localhost:2/"], follows("http://localhost:1/", "http://localhost:2/")),
        (vec!["one.har", "two.har"], follows("one.har", "two.har")),
        (vec!["http://localhost:1/", "one.har"], follows("http://localhost:1/", "one.har")),
    ];
    let rows = rows.into_iter().map(|(words, said)| (words.to_vec(), said.to_owned())).chain(of_words);
    for (words, said) in rows {
        let run = why(&words);
        assert_eq!((run.status, run.errors.as_str()), (2, said.as_str()), "{words:?}");
    }
    // A line of a console may begin with an address.
    let line = format!(
        "{PAGE}/ - Access to fetch at 'http://localhost:1/' from origin '{PAGE}' has been blocked by CORS policy: \
        No 'Access-Control-Allow-Origin' header is present on the requested resource."
    );
    assert_eq!(why(&[&line, "--no-probes"]).status, 1);
}

#[test]
fn help_fits_three_screens() {
    let mut help = Command::new(env!("CARGO_BIN_EXE_why"));
    let run = run(help.arg("--help").env("COLUMNS", "80"), "");
    let lines: Vec<&str> = run.output.lines().collect();
    assert!(lines.len() <= 72, "{} lines", lines.len());
    assert!(lines[2].starts_with("What you have"), "{}", lines[2]);
}

#[test]
fn the_names_of_all_stacks_can_be_printed() {
    for word in ["list", "?"] {
        let run = why(&["--stack", word]);
        assert_eq!((run.status, run.errors.as_str()), (0, ""), "{run:?}");
        let names: Vec<&str> = run.output.lines().collect();
        assert!(names.len() > 30 && names.contains(&"express") && names.contains(&"http.server"), "{run:?}");
    }
    assert_eq!(why(&["--stack", "expres", "http://localhost:1/"]).status, 2);
}
