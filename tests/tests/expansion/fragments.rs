//! Items that come from `macro_rules!` fragments, which reach the macro in invisible groups.

use super::{Cors, cors_policy, text};

macro_rules! of_literals {
    ($($origin:literal),* ; $credentials:literal ; $age:literal) => {
        cors_policy! { origins: [$($origin),*], credentials: $credentials, max_age: $age }
    };
}

macro_rules! of_kinds {
    ($expression:expr, $tree:tt, $method:ident, $list:expr, $($rest:tt)*) => {
        cors_policy! { origins: [$expression, $tree], methods: [$method], allow_headers: $list, $($rest)* }
    };
}

macro_rules! of_predicate {
    ($predicate:meta, $variable:literal) => {
        cors_policy! {
            origins: ["https://app.example.com", #[cfg($predicate)] "https://all.example.com", option_env!($variable)],
        }
    };
}

#[test]
fn literals_of_a_fragment_are_read() {
    const CORS: Cors = of_literals!["https://a.example", "https://*.b.example"; true; 2h];
    let expected = "origins: [\"https://a.example\", \"https://*.b.example\"],\ncredentials: true,\nmax_age: 2h,";
    assert_eq!(text(&CORS), expected);
}

#[test]
fn fragments_of_every_kind_are_read() {
    let cors = of_kinds!("https://a.example", "https://b.example", PUT, ["X-Foo"], max_age: 2h);
    let expected = "origins: [\"https://a.example\", \"https://b.example\"],\nmethods: [PUT],\n\
                    allow_headers: [\"X-Foo\"],\nmax_age: 2h,";
    assert_eq!(text(&cors), expected);
}

#[test]
fn predicates_and_variables_of_a_fragment_are_read() {
    let cors = of_predicate!(all(), "CORS_TESTS_NO_SUCH_VARIABLE");
    assert_eq!(text(&cors), "origins: [\"https://app.example.com\", \"https://all.example.com\"],");
}
