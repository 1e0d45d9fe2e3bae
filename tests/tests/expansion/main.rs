//! Where a policy may stand, and what it becomes there. The lints are those of a crate that allows itself nothing.
#![forbid(unsafe_code)]
#![deny(warnings, unused, missing_docs, unused_qualifications, clippy::all, clippy::pedantic)]

mod configurations;
mod fragments;
mod rules;

use cors_actix::{Cors, PolicyDraft, cors_policy};

/// In a constant, with every key.
const EVERY_KEY: Cors = cors_policy! {
    max_age: 2h,
    expose_headers: ["X-Request-Id", "ETag"],
    allow_headers: ["Content-Type", "Authorization"],
    methods: [GET, PUT, "VERSION-CONTROL"],
    credentials: true,
    dangerously_allow: [insecure_origins, public_suffix_wildcards],
    origins: [
        "https://app.example.com",
        "https://*.preview.example.com:8443",
        "http://localhost:*",
        "http://*.localhost:*",
        "http://intranet.example.com",
        "https://*.github.io",
        "http://[::1]:3000",
        "tauri://localhost",
    ],
};

/// In a static.
static EVERYBODY: Cors =
    cors_policy! { origins: "*", methods: "*", allow_headers: ["*", "Authorization"], expose_headers: "*" };

struct Service;

impl Service {
    const CORS: Cors = cors_policy!(origins: ["https://app.example.com"], max_age: 600);
}

trait Serves {
    const CORS: Cors = cors_policy! { origins: ["https://trait.example.com"] };

    fn cors() -> Cors {
        Self::CORS
    }
}

impl Serves for Service {}

fn in_a_generic_function<T: Default>(value: &T) -> (Cors, usize) {
    (cors_policy! { origins: ["https://generic.example.com"] }, size_of_val(value))
}

const fn in_a_const_function() -> Cors {
    const CORS: Cors = cors_policy! { origins: ["https://app.example.com"] };
    CORS
}

fn text(cors: &Cors) -> String {
    cors.policy().to_string()
}

#[test]
fn a_constant_holds_what_was_written() {
    let expected = PolicyDraft::new()
        .origins([
            "https://app.example.com",
            "https://*.preview.example.com:8443",
            "http://localhost:*",
            "http://*.localhost:*",
            "http://intranet.example.com",
            "https://*.github.io",
            "http://[::1]:3000",
            "tauri://localhost",
        ])
        .credentials(true)
        .methods(["GET", "PUT", "VERSION-CONTROL"])
        .allow_headers(["Content-Type", "Authorization"])
        .expose_headers(["X-Request-Id", "ETag"])
        .max_age("2h")
        .dangerously_allow(["insecure_origins", "public_suffix_wildcards"])
        .validate();
    assert_eq!(Ok(&*EVERY_KEY.policy()), expected.as_ref());
}

#[test]
fn a_static_holds_what_was_written() {
    let expected = PolicyDraft::new()
        .origins("*")
        .methods("*")
        .allow_headers(["*", "Authorization"])
        .expose_headers("*")
        .validate();
    assert_eq!(Ok(&*EVERYBODY.policy()), expected.as_ref());
}

#[test]
fn a_policy_stands_wherever_an_expression_may() {
    assert_eq!(text(&Service::CORS), "origins: [\"https://app.example.com\"],\nmax_age: 10min,");
    assert_eq!(text(&<Service as Serves>::cors()), "origins: [\"https://trait.example.com\"],");
    let (cors, size) = in_a_generic_function(&7_u32);
    assert_eq!((text(&cors).as_str(), size), ("origins: [\"https://generic.example.com\"],", 4));
    assert_eq!(text(&in_a_const_function()), "origins: [\"https://app.example.com\"],");
    let by_branch = |public: bool| {
        if public {
            cors_policy! { origins: "*" }
        } else {
            cors_policy! { origins: ["https://app.example.com"] }
        }
    };
    assert_eq!(text(&by_branch(true)), "origins: \"*\",");
    assert_eq!(text(&by_branch(false)), "origins: [\"https://app.example.com\"],");
}

#[test]
fn braces_brackets_and_parentheses_mean_the_same() {
    let braces = cors_policy! { origins: ["https://app.example.com"], methods: [PUT,], };
    let brackets = cors_policy![origins: ["https://app.example.com"], methods: [PUT]];
    let parentheses = cors_policy!(methods: ["PUT"], origins: ["https://app.example.com",]);
    assert_eq!(braces.policy(), brackets.policy());
    assert_eq!(braces.policy(), parentheses.policy());
}

#[test]
fn a_list_of_just_the_wildcard_is_the_wildcard() {
    let text = cors_policy! { origins: "*", methods: "*", allow_headers: "*", expose_headers: "*" };
    let list = cors_policy! { origins: ["*"], methods: ["*"], allow_headers: ["*"], expose_headers: ["*"] };
    assert_eq!(text.policy(), list.policy());
}

#[forbid(unused, missing_docs, clippy::all)]
mod forbidding {
    //! Where nothing may be allowed, an expansion that allows a lint does not compile.
    use super::{Cors, cors_policy, text};

    const CORS: Cors =
        cors_policy! { origins: ["https://app.example.com", option_env!("CORS_TESTS_NO_SUCH_VARIABLE")] };

    #[test]
    fn the_expansion_allows_no_lint() {
        assert_eq!(text(&CORS), "origins: [\"https://app.example.com\"],");
    }
}

#[no_implicit_prelude]
#[allow(dead_code, unused_macros, non_camel_case_types, non_snake_case, non_upper_case_globals)]
mod strange_names {
    //! Everything that the expansion might name means something else here.
    struct Option;
    struct Some;
    struct None;
    struct str;
    struct bool;
    struct Cors;
    mod core {}
    mod std {}
    mod cors_actix {}
    mod cors_core {}
    const origins: () = ();
    const PREPARED: () = ();
    static POLICY: () = ();
    static RULES: () = ();
    macro_rules! compile_error {
        () => {};
    }
    macro_rules! option_env {
        () => {};
    }

    /// In the midst of them.
    static CORS: ::cors_actix::Cors = ::cors_actix::cors_policy! {
        origins: ["https://*.example.com:*", option_env!("CORS_TESTS_NO_SUCH_VARIABLE")],
        credentials: true,
        max_age: 5,
    };

    #[test]
    fn names_of_the_user_do_not_reach_into_the_expansion() {
        let expected = "origins: [\"https://*.example.com:*\"],\ncredentials: true,\nmax_age: 5,";
        ::std::assert_eq!(super::text(&CORS), expected);
    }
}
