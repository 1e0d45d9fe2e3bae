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
fn predicates_have_every_form_that_the_compiler_reads() {
    let cors = cors_policy! {
        origins: [
            #[cfg(any(unix, not(unix,),),)] "https://app.example.com",
            #[cfg(all(unix, not(target_os = r"none"), not(target_os = "none")))] "https://unix.example.com",
            #[cfg(any())] "https://never.example.com",
        ],
    };
    let unix = if cfg!(unix) { ", \"https://unix.example.com\"" } else { "" };
    assert_eq!(text(&cors), format!("origins: [\"https://app.example.com\"{unix}],"));
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
