//! Where a policy may stand, and what it becomes there. The lints are those of a crate that allows itself nothing.
#![forbid(unsafe_code)]
#![deny(warnings, unused, missing_docs, unused_qualifications, clippy::all, clippy::pedantic)]

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
    assert_eq!(Ok(EVERY_KEY.policy()), expected.as_ref());
}

#[test]
fn a_static_holds_what_was_written() {
    let expected = PolicyDraft::new()
        .origins("*")
        .methods("*")
        .allow_headers(["*", "Authorization"])
        .expose_headers("*")
        .validate();
    assert_eq!(Ok(EVERYBODY.policy()), expected.as_ref());
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

mod fragments {
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
}

mod configurations {
    //! What the running build makes of `#[cfg(..)]`.
    use super::{Cors, cors_policy, text};

    #[test]
    fn an_item_is_there_where_its_predicate_holds() {
        const CORS: Cors = cors_policy! {
            origins: [
                #[cfg(debug_assertions)] "http://localhost:*",
                #[cfg(not(debug_assertions))] "https://app.example.com",
                #[cfg(all(test, not(test)))] "https://never.example.com",
            ],
        };
        let origin = if cfg!(debug_assertions) { "http://localhost:*" } else { "https://app.example.com" };
        assert_eq!(text(&CORS), format!("origins: [\"{origin}\"],"));
    }

    #[test]
    fn one_key_may_stand_twice_under_predicates_that_exclude_each_other() {
        let cors = cors_policy! {
            origins: ["https://app.example.com"],
            #[cfg(debug_assertions)]
            max_age: 0,
            #[cfg(not(debug_assertions))]
            max_age: 1d,
            #[cfg(target_os = "linux")]
            methods: [PUT],
            #[cfg(target_os = "macos")]
            methods: [PUT, DELETE],
            #[cfg(not(any(target_os = "linux", target_os = "macos")))]
            methods: [DELETE],
        };
        let by_family = cors_policy! {
            #[cfg(unix)]
            origins: ["https://app.example.com"],
            #[cfg(windows)]
            origins: ["https://windows.example.com"],
            #[cfg(not(any(unix, windows)))]
            origins: ["https://other.example.com"],
        };
        let age = if cfg!(debug_assertions) { "0" } else { "1d" };
        let methods = match () {
            () if cfg!(target_os = "linux") => "PUT",
            () if cfg!(target_os = "macos") => "PUT, DELETE",
            () => "DELETE",
        };
        let expected = format!("origins: [\"https://app.example.com\"],\nmethods: [{methods}],\nmax_age: {age},");
        assert_eq!(text(&cors), expected);
        let host = if cfg!(unix) { "app" } else { "windows" };
        assert_eq!(text(&by_family), format!("origins: [\"https://{host}.example.com\"],"));
    }

    #[test]
    fn a_danger_that_another_build_needs_leaves_this_one_its_policy() {
        let cors = cors_policy! {
            origins: [
                "https://app.example.com",
                #[cfg(not(test))] "http://intranet.example.com",
                #[cfg(test)] "https://*.github.io",
            ],
            credentials: true,
            dangerously_allow: [insecure_origins, public_suffix_wildcards],
        };
        let expected = "origins: [\"https://app.example.com\", \"https://*.github.io\"],\ncredentials: true,\n\
                        dangerously_allow: [public_suffix_wildcards],";
        assert_eq!(text(&cors), expected);
    }

    #[test]
    fn a_list_that_a_build_leaves_empty_is_a_key_left_out() {
        let cors = cors_policy! { origins: ["https://app.example.com"], methods: [#[cfg(not(test))] PUT] };
        assert_eq!(text(&cors), "origins: [\"https://app.example.com\"],");
    }

    #[test]
    fn a_danger_that_an_unset_variable_may_need_is_no_mistake() {
        let cors = cors_policy! {
            origins: ["https://app.example.com", option_env!("CORS_TESTS_NO_SUCH_VARIABLE")],
            credentials: true,
            dangerously_allow: [insecure_origins],
        };
        assert_eq!(text(&cors), "origins: [\"https://app.example.com\"],\ncredentials: true,");
    }

    #[test]
    fn origins_that_are_only_unset_variables_match_nothing() {
        let cors = cors_policy! { origins: [option_env!("CORS_TESTS_NO_SUCH_VARIABLE")] };
        assert_eq!(text(&cors), "origins: [],");
    }
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
