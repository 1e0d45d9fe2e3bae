//! The inputs that were kept, one a line of `corpus/TARGET.jsonl`, each character of the text one byte.

use std::fs;
use std::path::Path;

use cors_fuzz::TARGETS;

#[test]
fn what_held_for_the_inputs_that_were_kept_still_holds() {
    for (target, check) in TARGETS {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target).with_extension("jsonl");
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for line in text.lines() {
            let input: String = serde_json::from_str(line).expect("a text");
            let input: Vec<u8> = input.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin-1")).collect();
            println!("{target} {line}");
            check(&input);
        }
        assert!(text.lines().count() >= 20, "{target} has lost its inputs");
    }
}
