//! `env!` and `option_env!`: a program is compiled with this and that in the environment, and then again with something else.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Output;
use std::sync::{Mutex, PoisonError};

use cors_tests::Package;

const VARIABLES: [&str; 4] = ["EXTRA_ORIGIN", "OPTIONAL_ORIGIN", "OPTIONAL_METHOD", "RELEASE_ORIGIN"];

/// All builds write one file, so that only one may be built and run at a time.
static BUILDS: Mutex<()> = Mutex::new(());

fn run<V: AsRef<OsStr>>(variables: &[(&str, V)]) -> Output {
    let _one_at_a_time = BUILDS.lock().unwrap_or_else(PoisonError::into_inner);
    // What cannot be compiled without a variable is no part of the workspace.
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/environment.rs");
    let package = Package::new(env!("CARGO_TARGET_TMPDIR"), "environment", Path::new(program));
    let mut cargo = package.expect("the package can be written").cargo("run");
    for variable in VARIABLES {
        cargo.env_remove(variable);
    }
    for (name, value) in variables {
        cargo.env(name, value);
    }
    cargo.output().expect("cargo runs")
}

/// What the program prints when it was compiled with these variables, or what the compiler says.
fn compiled_with(variables: &[(&str, &str)]) -> Result<String, String> {
    let output = run(variables);
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}

fn printed_with(variables: &[(&str, &str)]) -> String {
    compiled_with(variables).unwrap_or_else(|errors| panic!("{variables:?}: {errors}"))
}

/// The first lines of the compiler's errors.
fn mistakes_with(variables: &[(&str, &str)]) -> Vec<String> {
    let errors = match compiled_with(variables) {
        Ok(printed) => panic!("{variables:?}: {printed}"),
        Err(errors) => errors,
    };
    let mistake = |line: &str| line.strip_prefix("error: ").map(str::to_owned);
    errors.lines().filter_map(mistake).filter(|line| !line.starts_with("could not compile")).collect()
}

#[test]
fn a_variable_is_read_while_compiling_and_read_again_when_it_changes() {
    let with_admin = printed_with(&[("EXTRA_ORIGIN", "https://admin.example.com")]);
    let web_app = "origins: [\"https://app.example.com\", \"https://*.preview.example.com\", \
                   \"https://admin.example.com\", \"http://localhost:*\"],\n\
                   credentials: true,\n\
                   methods: [GET, POST, PUT, DELETE],\n\
                   allow_headers: [\"Content-Type\", \"Authorization\"],\n\
                   expose_headers: [\"X-Request-Id\"],\n\
                   max_age: 2h,\n\n";
    assert!(with_admin.starts_with(web_app), "{with_admin}");

    let with_shop = printed_with(&[("EXTRA_ORIGIN", "https://shop.example.com")]);
    assert_eq!(with_shop, with_admin.replace("admin", "shop"));

    // A build that failed is no reason to keep the last one that did not.
    assert!(compiled_with(&[]).is_err());
    assert_eq!(printed_with(&[("EXTRA_ORIGIN", "https://admin.example.com")]), with_admin);
}

#[test]
fn a_variable_may_hold_several_values_with_white_space_around_them() {
    let printed = printed_with(&[("EXTRA_ORIGIN", " https://a.example.com ,https://*.b.example.com:8443")]);
    assert!(printed.contains("\"https://a.example.com\", \"https://*.b.example.com:8443\", \"http"), "{printed}");
}

#[test]
fn an_optional_variable_is_an_item_only_when_it_is_set() {
    let extra = ("EXTRA_ORIGIN", "https://admin.example.com");
    let without = printed_with(&[extra]);
    assert!(without.contains("\n\norigins: [],\nmethods: [PATCH],\n\n"), "{without}");
    let with = printed_with(&[extra, ("OPTIONAL_ORIGIN", "https://a.example.com"), ("OPTIONAL_METHOD", "PUT,LINK")]);
    assert!(with.contains("\n\norigins: [\"https://a.example.com\"],\nmethods: [PUT, LINK, PATCH],\n\n"), "{with}");
}

#[test]
fn an_unset_variable_is_a_mistake_where_it_is_needed_and_nowhere_else() {
    // RELEASE_ORIGIN is not set either, and this is a debug build.
    assert_eq!(mistakes_with(&[]), ["the environment variable EXTRA_ORIGIN is not set while this is compiled"]);
}

#[test]
fn a_value_is_checked_like_a_literal_even_for_another_build() {
    let variables = [
        ("EXTRA_ORIGIN", "https://a.example.com,https://b.example.com/,http://c.example.com"),
        ("OPTIONAL_METHOD", "put"),
        ("RELEASE_ORIGIN", "https://app.example.com"),
    ];
    let expected = [
        "\"https://b.example.com/\" ends with a slash (from the environment variable EXTRA_ORIGIN)",
        "\"http://c.example.com\" is not encrypted, and the policy has credentials: true \
         (from the environment variable EXTRA_ORIGIN)",
        "\"put\" is not the method PUT (from the environment variable OPTIONAL_METHOD)",
        "\"https://app.example.com\" is in the list already (from the environment variable RELEASE_ORIGIN)",
    ];
    assert_eq!(mistakes_with(&variables), expected);
    let errors = compiled_with(&variables).unwrap_err();
    assert!(errors.contains("help: in the variable, write \"https://b.example.com\"\n"), "{errors}");
}

#[test]
fn a_value_that_says_nothing_or_everything_is_a_mistake() {
    for (value, mistake) in [
        ("", "is set to nothing"),
        (" ", "is set to nothing"),
        ("https://a.example.com,", "has an empty part between its commas"),
        ("https://a.example.com, ,https://b.example.com", "has an empty part between its commas"),
        ("*", "holds \"*\""),
        ("https://a.example.com,*", "holds \"*\""),
    ] {
        let expected = format!("the environment variable EXTRA_ORIGIN {mistake}");
        assert_eq!(mistakes_with(&[("EXTRA_ORIGIN", value)]), [expected], "{value:?}");
    }
}

#[test]
#[cfg(unix)]
fn a_value_that_is_no_text_is_a_mistake() {
    use std::os::unix::ffi::OsStrExt;

    let output = run(&[("EXTRA_ORIGIN", OsStr::from_bytes(b"https://\xff.example.com"))]);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.contains("the environment variable EXTRA_ORIGIN holds bytes that are no text"), "{errors}");
}
