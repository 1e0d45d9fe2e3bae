//! The arguments of a chain of actix-cors in each of their forms, and what is no such form.

use super::actix_cors::{errors_of, notes_of, policy_of, tight};

#[test]
fn an_argument_is_read_in_each_form_that_says_what_it_is() {
    for (calls, policy) in [
        (r#".allowed_origin("https://a.example",)"#, r#"origins: ["https://a.example"]"#),
        (r#".allowed_origin(&"https://a.example")"#, r#"origins: ["https://a.example"]"#),
        (r#".allowed_origin(&&"https://a.example")"#, r#"origins: ["https://a.example"]"#),
        (r#".allowed_origin_fn(|o, _| o.as_bytes().ends_with(&b".a.example"))"#, r#"origins: ["https://*.a.example"]"#),
        (r#".allowed_header(HeaderName::from_static("x-id"))"#, r#"origins: none, allow_headers: ["x-id"]"#),
        (r#".allowed_headers(["x-a", "x-b"])"#, r#"origins: none, allow_headers: ["x-a", "x-b"]"#),
        (r#".allowed_headers(vec!["x-a", "x-b",])"#, r#"origins: none, allow_headers: ["x-a", "x-b"]"#),
        (r#".allowed_headers(&["x-a", "x-b"])"#, r#"origins: none, allow_headers: ["x-a", "x-b"]"#),
        (".max_age(5)", "origins: none, max_age: 5"),
        (".max_age(Some(5))", "origins: none, max_age: 5"),
        (".max_age(Some(5_000usize))", "origins: none, max_age: 5000"),
        (".max_age(5);", "origins: none, max_age: 5"),
    ] {
        let chain = format!("Cors::default(){calls}");
        assert_eq!(tight(&policy_of(&chain)), tight(policy), "{chain}");
        assert_eq!(errors_of(&chain).len(), 1, "{chain}: {:?}", errors_of(&chain));
    }
}

#[test]
fn a_variable_of_the_environment_stays_one() {
    let chain = r#"Cors::default().allowed_origin(env!("ORIGIN"))"#;
    assert!(errors_of(chain)[0].contains(r#"origins: [env!("ORIGIN")],"#), "{:?}", errors_of(chain));
    assert_eq!(errors_of(chain).len(), 1);
}

#[test]
fn what_looks_like_a_form_and_is_none_is_left_open() {
    for calls in [
        r#".allowed_origin(*"https://a.example")"#,
        r#".allowed_origin(text!("https://a.example"))"#,
        r#".allowed_origin_fn(|o, _| o.as_bytes().ends_with(*b".a.example"))"#,
        r#".allowed_header(HeaderName::from_str("x-id"))"#,
        r#".allowed_headers(*["x-a"])"#,
        r#".allowed_headers(list!["x-a"])"#,
        r#".allowed_headers(vec!("x-a"))"#,
        ".max_age(Few(5))",
        ".max_age(5.0)",
        ".max_age(5):",
        ".max_age[5]",
        ":max_age(5)",
    ] {
        let chain = format!("Cors::default(){calls}");
        let errors = errors_of(&chain);
        assert_eq!(errors.len(), 2, "{chain}: {errors:?}");
        assert!(errors[1].starts_with("a policy cannot read `") || errors[1].contains("is no setter"), "{errors:?}");
    }
}

#[test]
fn a_function_that_says_something_else_is_left_open_as_it_is_written() {
    for (function, open) in [
        ("|o, _| allowed", "allowed"),
        ("|o, _| [true]", "[true]"),
        ("|o, _| { [true] }", "[true]"),
        ("async move |o, _| true", "async move | o, _| true"),
        (r#"|o, _| o != "https://a.example""#, r#"o != "https://a.example""#),
        (r#"|o, _| o <= "https://a.example""#, r#"o <= "https://a.example""#),
        (r#"|o, _| other == "https://a.example""#, r#"other == "https://a.example""#),
        (r#"|o, _| o.host() == "https://a.example""#, r#"o.host () == "https://a.example""#),
        (r#"|o, _| o!unwrap() == "https://a.example""#, r#"o!unwrap () == "https://a.example""#),
        (r#"|o, _| other.ends_with(".a.example")"#, r#"other.ends_with(".a.example")"#),
        (r#"|o, _| o.host().ends_with(".a.example")"#, r#"o.host().ends_with(".a.example")"#),
        (r#"|o, _| o.starts_with("https://app-")"#, r#"o.starts_with("https://app-")"#),
        (r#"|o, _| o.like(".a.example")"#, r#"o.like(".a.example")"#),
        (r#"|o, _| o.ends_with(suffix)"#, "o.ends_with(suffix)"),
    ] {
        let policy = policy_of(&format!("Cors::default().allowed_origin_fn({function})"));
        assert_eq!(tight(&policy), tight(&format!("origins: [todo!({open:?})]")), "{function}");
    }
    let two = policy_of("Cors::default().allowed_origin_fn(|o, _| { true } || o ||)");
    assert_eq!(tight(&two), tight(r#"origins: [todo!("{ true }"), todo!("o"), todo!("")]"#));
}

#[test]
fn a_note_says_what_the_policy_does_not_say() {
    for (calls, note) in [
        (".block_on_origin_mismatch(false)", "`.block_on_origin_mismatch(false)` is not needed"),
        (".send_wildcard()", "`.send_wildcard()` is not needed"),
        (".disable_vary_header()", "`.disable_vary_header()` has no counterpart"),
        (".disable_preflight()", "`.disable_preflight()` has no counterpart"),
        (".allow_private_network_access()", "`.allow_private_network_access()` has no counterpart"),
        (r#".allow_any_origin().allowed_origin_fn(|o, _| o == "https://a.example")"#, "the chain allows every origin"),
        (".allowed_origin_fn(|_, _| true)", "`.allowed_origin_fn(..)` "),
        ("", "the chain allows no origin"),
        (".allow_any_header()", "without credentials"),
        (r#".allowed_origin_fn(|o, _| o.starts_with("https://a.example"))"#, "\"https://a.example.evil.example\""),
        (r#".allowed_origin_fn(|o, _| o.starts_with("https://a.example:80"))"#, "\"https://a.example:800\""),
        (r#".allowed_origin_fn(|o, _| o.starts_with("https://[::1]"))"#, "\"https://[::1].evil.example\""),
    ] {
        let notes = notes_of(&format!("Cors::default(){calls}"));
        assert!(notes.iter().any(|found| found.contains(note)), "{calls}: {notes:?}");
    }
}

#[test]
fn a_policy_is_repaired_at_the_place_of_each_mistake() {
    for (calls, policy) in [
        (r#".allowed_origin_fn(|o, _| o.starts_with("https://a.example:"))"#, r#"origins: ["https://a.example:*"]"#),
        (
            r#".max_age(1_000_000).allowed_origin("https://a.example").expose_any_header().supports_credentials()"#,
            r#"origins: ["https://a.example"], credentials: true,
               expose_headers: [todo!("the response headers that scripts read")], max_age: 1d"#,
        ),
    ] {
        assert_eq!(tight(&policy_of(&format!("Cors::default(){calls}"))), tight(policy), "{calls}");
    }
}

#[test]
fn a_list_stands_on_one_line_up_to_its_width() {
    let chain = |length: usize| {
        format!("Cors::default().allowed_origin(\"https://{}.{}.example\")", "a".repeat(60), "b".repeat(length))
    };
    assert!(policy_of(&chain(4)).starts_with("    origins: [\"https://"), "{}", policy_of(&chain(4)));
    assert!(policy_of(&chain(5)).starts_with("    origins: [\n        \"https://"), "{}", policy_of(&chain(5)));
}

#[test]
fn what_is_corrected_and_never_had_access_is_told_from_what_had_it() {
    const NEW: &str = "; the old policy never allowed it, and this one does: remove it if you do not need it";
    for (calls, policy, is_new) in [
        (r#".allowed_origin("https://SHOP.example.org/")"#, r#"origins: ["https://shop.example.org"]"#, true),
        (r#".allowed_origin_fn(|o, _| o == "https://A.example")"#, r#"origins: ["https://a.example"]"#, true),
        (r#".allowed_origin("a.example:99999")"#, r#"origins: [todo!("a.example:99999")]"#, false),
        (r#".allowed_methods(["put"])"#, "origins: none, methods: [PUT]", true),
        (r#".allowed_methods(["get"])"#, "origins: none, methods: [GET]", false),
        (".max_age(1_000_000)", "origins: none, max_age: 1d", false),
    ] {
        let chain = format!("Cors::default(){calls}");
        assert_eq!(tight(&policy_of(&chain)), tight(policy), "{calls}");
        let notes = notes_of(&chain);
        assert_eq!(notes.iter().filter(|note| note.ends_with(NEW)).count(), usize::from(is_new), "{calls}: {notes:?}");
    }
}
