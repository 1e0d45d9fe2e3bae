//! The inputs that were kept, and those that somebody wrote for a rule: one a line, each character of the text one byte.

use std::fs;
use std::path::Path;

use cors_fuzz::TARGETS;

/// The inputs in `FOLDER/TARGET.jsonl`; none where there is no such file.
fn inputs(folder: &str, target: &str) -> Vec<Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(target).with_extension("jsonl");
    let bytes = |line: &str| {
        let input: String = serde_json::from_str(line).expect("a text");
        input.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin-1")).collect()
    };
    fs::read_to_string(path).unwrap_or_default().lines().map(bytes).collect()
}

#[test]
fn what_held_for_the_inputs_that_were_kept_still_holds() {
    for (target, check) in TARGETS {
        let kept = inputs("corpus", target);
        assert!(kept.len() >= 20, "{target} has lost its inputs");
        for input in kept.into_iter().chain(inputs("rows", target)) {
            println!("{target} {}", input.escape_ascii());
            check(&input);
        }
    }
}
