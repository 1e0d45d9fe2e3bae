//! The values that a Rust programmer has at hand are values of a draft: this compiles, and means the same.

#![expect(clippy::needless_borrows_for_generic_args, reason = "people write these calls")]

use std::time::Duration;

use actix_web::http::Method;
use actix_web::http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderName};
use cors_core::{List, MaxAge, OnDenied, Origin, OriginPattern, PolicyDraft, RuleDraft};

const APP: &str = "https://app.example.com";

fn draft() -> PolicyDraft {
    PolicyDraft::new().origins([APP])
}

#[test]
fn a_duration_may_be_a_number_a_duration_a_text_or_a_max_age() {
    let expected = draft().max_age("2h").validate().expect("a policy");
    let two_hours = MaxAge::parse("2h").expect("a duration");
    let seconds: u64 = 7200;
    for same in [
        draft().max_age(7200),
        draft().max_age(seconds),
        draft().max_age(7200_u32),
        draft().max_age(Duration::from_secs(7200)),
        draft().max_age(two_hours),
        draft().max_age("7200".to_owned()),
    ] {
        assert_eq!(same.validate().as_ref(), Ok(&expected));
    }
    for mistaken in [draft().max_age(Duration::from_millis(1500)), draft().max_age(-1)] {
        let issues = mistaken.validate().expect_err("no whole number of seconds");
        assert_eq!(issues.iter().map(|issue| issue.kind().code()).collect::<Vec<_>>(), ["max-age"]);
    }
}

#[test]
fn what_becomes_of_denied_requests_may_be_a_value_or_its_name() {
    let expected = draft().on_denied("reject").validate().expect("a policy");
    assert_eq!(draft().on_denied(OnDenied::Reject).validate().as_ref(), Ok(&expected));
}

#[test]
fn lists_take_what_an_http_library_calls_a_method_or_a_header() {
    let expected = draft().methods(["PUT", "DELETE"]).allow_headers(["authorization", "content-type"]);
    let expected = expected.validate().expect("a policy");
    let methods = vec![Method::PUT, Method::DELETE];
    let headers: [HeaderName; 2] = [AUTHORIZATION, CONTENT_TYPE];
    for same in [
        draft().methods([Method::PUT, Method::DELETE]).allow_headers(vec![AUTHORIZATION, CONTENT_TYPE]),
        draft().methods(&methods).allow_headers(&headers),
        draft().methods(methods.as_slice()).allow_headers(headers.iter().collect::<List>()),
    ] {
        assert_eq!(same.validate().as_ref(), Ok(&expected));
    }
}

#[test]
fn lists_take_every_kind_of_list_of_texts() {
    let expected = draft().validate().expect("a policy");
    let owned = vec![APP.to_owned()];
    for same in [
        PolicyDraft::new().origins(&[APP]),
        PolicyDraft::new().origins(vec![APP]),
        PolicyDraft::new().origins(&owned),
        PolicyDraft::new().origins(owned.as_slice()),
        PolicyDraft::new().origins(owned.iter().map(String::as_str).collect::<List>()),
        PolicyDraft::new().origins([APP].into_iter().filter(|origin| origin.starts_with("https")).collect::<List>()),
        PolicyDraft::from(RuleDraft::new().origins(owned.clone())),
    ] {
        assert_eq!(same.validate().as_ref(), Ok(&expected));
    }
}

#[test]
fn lists_of_origins_take_origins_and_patterns() {
    let origin: Origin = APP.parse().expect("an origin");
    let pattern: OriginPattern = "https://*.preview.example.com".parse().expect("a pattern");
    let max_age: MaxAge = "2h".parse().expect("a duration");
    assert_eq!((origin.scheme(), origin.host(), origin.port()), ("https", "app.example.com", None));
    assert_eq!((origin.as_ref(), pattern.as_ref(), max_age.as_ref()), (APP, "https://*.preview.example.com", "7200"));
    let of_origin = PolicyDraft::new().origins([&origin]).validate().expect("a policy");
    assert_eq!(Ok(of_origin), draft().validate());
    assert!(PolicyDraft::new().origins(vec![pattern]).validate().is_ok());
}

#[test]
fn the_words_of_the_language_are_texts_here() {
    let nobody = PolicyDraft::new().origins("none").validate().expect("a policy");
    assert_eq!(nobody.rules().len(), 0);
    let everybody = PolicyDraft::new().origins("*").methods("*").allow_headers("*").expose_headers("*");
    assert!(everybody.validate().is_ok());
    let empty: [&str; 0] = [];
    let same = draft().methods(empty).allow_headers(empty).expose_headers(List::default());
    assert_eq!(same.validate(), draft().validate());
}
