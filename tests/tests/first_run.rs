//! The first command of a newcomer builds no more than it runs, and a taken port is no dead end.

use std::collections::BTreeSet;
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use cors_tests::example::build;
use serde_json::Value;

/// The packages that a command compiles, by name.
fn packages(selection: &[&str]) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["build", "--unit-graph", "-Z", "unstable-options"])
        .args(selection)
        .env("RUSTC_BOOTSTRAP", "1")
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace"))
        .output()
        .expect("cargo runs");
    let graph: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    let units = graph["units"].as_array().expect("units");
    units.iter().map(|unit| name(unit["pkg_id"].as_str().expect("an id")).to_owned()).collect()
}

/// The name in an id: `registry+…#name@1.0.0`, or `path+…/name#1.0.0`.
fn name(id: &str) -> &str {
    let (source, version) = id.split_once('#').unwrap_or(("", id));
    version.split_once('@').map_or_else(|| source.rsplit('/').next().unwrap_or_default(), |(name, _)| name)
}

#[test]
fn the_playground_is_built_without_what_other_programs_need() {
    let built = packages(&["--bin", "playground"]);
    let heavy = ["clap", "libsqlite3-sys", "notify", "rusqlite", "flate2", "fantoccini", "ureq"];
    let found: Vec<_> = heavy.into_iter().filter(|name| built.contains(*name)).collect();
    assert!(found.is_empty(), "`cargo run --bin playground` builds {found:?}");

    let own = packages(&["--package", "cors-example-playground"]);
    let others: Vec<_> = built.difference(&own).collect();
    // Two small crates, by features of cors-actix that `tenants` and `inspector` need.
    assert_eq!(
        others,
        ["quick_cache", "subtle"],
        "`cargo run --bin playground` builds what the playground does not depend on"
    );
}

#[test]
fn each_example_names_a_taken_port_and_the_option_that_takes_another() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let left_behind = Path::new(env!("CARGO_TARGET_TMPDIR")).join("left-behind");
    let _ = fs::remove_dir_all(&left_behind);
    fs::create_dir(&left_behind).expect("a folder can be made");
    let names = ["quickstart", "per_scope", "run_time", "config_file", "tenants", "inspector", "metrics", "playground"];
    for name in names {
        let option = if name == "playground" { "--page" } else { "--port" };
        let program = build(name).unwrap_or_else(|| panic!("{name} compiles"));
        let mut command = Command::new(program);
        command.args([option, &port]);
        // Where a program puts what it does not keep, by the name that each system has for it.
        for variable in ["TMPDIR", "TMP", "TEMP"] {
            command.env(variable, &left_behind);
        }
        let output = command.output().expect("the example runs");
        let said = String::from_utf8_lossy(&output.stderr);
        let expected = format!(
            "port {port} is taken by another program; choose another with `{option} PORT`, \
             or any free one with `{option} 0`: cargo run --bin {name} -- {option} 0\n"
        );
        assert!(said.ends_with(&expected), "{name}: {said}");
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert_eq!(fs::read_dir(&left_behind).expect("a folder").count(), 0, "{name} leaves something behind");
    }
}
