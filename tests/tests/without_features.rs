//! What a program has that switches no feature on, or even the default ones off, compiled apart: here other tests have switched them
//! all on.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use cors_tests::Package;

const PROGRAM: &str = r#"
use cors_actix::{Cors, PolicyDraft, cors_policy};

const PAGES: Cors = cors_policy! {
    origins: ["https://*.github.io"],
    credentials: true,
    dangerously_allow: [public_suffix_wildcards],
};

fn main() {
    // Nobody knows the suffixes here, so nobody can say that the danger is not one.
    let again = PAGES.policy().to_draft().validate();
    assert_eq!(again.as_ref(), Ok(&*PAGES.policy()));
    let single_label = PolicyDraft::new().origins(["https://*.com"]).credentials(true).validate();
    let issues = single_label.expect_err("a single label is nobody's own");
    println!("{}", issues.iter().next().map_or("", |issue| issue.kind().code()));
}
"#;

fn package(name: &str, program: &str) -> Package {
    Package::of_text(env!("CARGO_TARGET_TMPDIR"), name, program).expect("the package can be written")
}

#[test]
fn a_policy_of_the_source_stays_valid_where_public_suffixes_are_not_known() {
    let package = package("without_features", PROGRAM).without_default_features().expect("the package can be written");
    let output = package.cargo("run").output().expect("cargo runs");
    let printed = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(printed, "public-suffix-with-credentials\n", "{errors}");
}

#[test]
fn a_program_has_the_list_of_public_suffixes_where_it_validates_and_only_there() {
    let fixed = "const PAGES: cors_actix::Cors = cors_actix::cors_policy! { origins: [\"https://*.example.com\"] };\n\
                 fn main() { println!(\"{:?}\", PAGES.policy()); }";
    let made = "fn main() { println!(\"{:?}\", cors_actix::PolicyDraft::new().origins([\"https://*.github.io\"])\
                .credentials(true).validate().map_err(|issues| issues.iter().next().unwrap().kind().code())); }";
    let has_list = |name, program, prints| {
        let package = package(name, program);
        let output = package.cargo("run").output().expect("cargo runs");
        let printed = String::from_utf8_lossy(&output.stdout);
        assert!(printed.starts_with(prints), "{printed}{}", String::from_utf8_lossy(&output.stderr));
        let program = fs::read(package.program()).expect("the program was built");
        program.windows(RULE.len()).any(|bytes| bytes == RULE)
    };
    assert!(has_list("made_at_run_time", made, "Err(\"public-suffix-with-credentials\")"));
    assert!(!has_list("fixed_by_the_macro", fixed, "Policy"));
}

/// A line of the list.
const RULE: &[u8] = b"jp.kitakyushu.!city\n";

/// The names of the packages that run in a program of this crate.
fn tree(mut cargo: Command) -> BTreeSet<String> {
    let output = cargo.args(["--edges", "normal,no-proc-macro", "--prefix", "none"]).output().expect("cargo runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    text.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

#[test]
fn nothing_runs_in_a_program_but_ours_and_what_actix_web_brings() {
    let cargo = |package: &str| {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["tree", "--quiet", "--package", package]);
        cargo
    };
    let ours = tree(cargo("cors-actix"));
    let of_actix_web = tree(cargo("actix-web"));
    let added: Vec<&String> = ours.difference(&of_actix_web).collect();
    assert_eq!(added, ["cors-actix", "cors-actix-core"]);
}
