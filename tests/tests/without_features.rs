//! What a program has that switches no feature on, compiled apart: here other tests have switched them all on.

use std::collections::BTreeSet;
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
    assert_eq!(again.as_ref(), Ok(PAGES.policy()));
    let single_label = PolicyDraft::new().origins(["https://*.com"]).credentials(true).validate();
    let issues = single_label.expect_err("a single label is nobody's own");
    println!("{}", issues.iter().next().map_or("", |issue| issue.kind().code()));
}
"#;

fn package() -> Package {
    Package::of_text(env!("CARGO_TARGET_TMPDIR"), "without_features", PROGRAM).expect("the package can be written")
}

#[test]
fn a_policy_of_the_source_stays_valid_where_public_suffixes_are_not_known() {
    let output = package().cargo("run").output().expect("cargo runs");
    let printed = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(printed, "public-suffix-with-credentials\n", "{errors}");
}

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
