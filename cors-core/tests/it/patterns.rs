//! What a pattern matches, at the edges of each rule; which pattern covers which; and how a policy prints.

use cors_core::{MaxAge, MaxAgeErrorKind, Origin, OriginErrorKind, OriginPattern, PolicyDraft};

fn matches(pattern: &str, origin: &str) -> bool {
    OriginPattern::parse(pattern).unwrap_or_else(|mistake| panic!("{pattern}: {mistake}")).matches(origin.as_bytes())
}

fn assert_matches(pattern: &str, fitting: &[&str], others: &[&str]) {
    for origin in fitting {
        assert!(matches(pattern, origin), "{pattern} must match {origin:?}");
    }
    for origin in others {
        assert!(!matches(pattern, origin), "{pattern} must not match {origin:?}");
    }
}

#[test]
fn an_exact_origin_matches_its_own_bytes_only() {
    assert_matches(
        "https://app.example.com",
        &["https://app.example.com"],
        &[
            "https://app.example.co",
            "https://app.example.com:443",
            "https://APP.example.com",
            "http://app.example.com",
            "",
        ],
    );
    assert_matches("https://app.example.com.", &["https://app.example.com."], &["https://app.example.com"]);
}

#[test]
fn subdomains_are_whole_labels() {
    assert_matches(
        "https://*.example.com",
        &[
            "https://a.example.com",
            "https://a.b.example.com",
            "https://0.example.com",
            "https://a-_b.example.com",
            "https://-a.example.com",
            "https://a-.example.com",
            "https://_a.example.com",
            "https://a_.example.com",
            "https://-.example.com",
            "https://a._.b.example.com",
        ],
        &[
            "https://example.com",
            "https://.example.com",
            "https://a..example.com",
            "https://evilexample.com",
            "https://A.example.com",
            "https://a.example.com.",
            "https://a.example.com.evil.test",
            "https://a.example.com:8443",
            "http://a.example.com",
            "https://a/.example.com",
            "https://*.example.com",
        ],
    );
}

#[test]
fn labels_and_hosts_keep_their_limits() {
    let label = "a".repeat(63);
    assert_matches(
        "https://*.example.com",
        &[&format!("https://{label}.example.com")],
        &[&format!("https://{label}a.example.com")],
    );
    // `.example.com` has 12 bytes: 241 more make 253.
    let labels = format!("{label}.{label}.{label}.{}", "b".repeat(241 - 3 * 64));
    assert_matches(
        "https://*.example.com",
        &[&format!("https://{labels}.example.com")],
        &[&format!("https://{labels}b.example.com")],
    );
    // The longest origin also has a port.
    assert_matches("https://*.example.com:*", &[&format!("https://{labels}.example.com:65535")], &[]);
    let long = "a".repeat(8192);
    assert_matches(
        "https://*.example.com:*",
        &[],
        &[&format!("https://{long}.example.com"), &format!("https://a.example.com:{long}")],
    );
}

#[test]
fn any_port_is_one_that_a_browser_writes() {
    assert_matches(
        "http://localhost:*",
        &["http://localhost", "http://localhost:1", "http://localhost:443", "http://localhost:65535"],
        &[
            "http://localhost:",
            "http://localhost:0",
            "http://localhost:80",
            "http://localhost:08",
            "http://localhost:65536",
            "http://localhost:4294967297",
            "http://localhost:+1",
            "http://localhost:8a",
            "http://localhost:3000/",
            "http://localhost8080",
            "http://localhosts",
            "https://localhost",
        ],
    );
    assert_matches("https://localhost:*", &["https://localhost:80"], &["https://localhost:443"]);
    assert_matches(
        "http://[::1]:*",
        &["http://[::1]", "http://[::1]:3000"],
        &["http://[::1", "http://[::1]:0", "http://::1"],
    );
    assert_matches(
        "http://127.0.0.1:*",
        &["http://127.0.0.1", "http://127.0.0.1:9"],
        &["http://127.0.0.12", "http://127.0.0.1.9"],
    );
}

#[test]
fn a_port_may_stand_behind_subdomains() {
    assert_matches(
        "https://*.example.com:8443",
        &["https://a.example.com:8443"],
        &["https://a.example.com", "https://a.example.com:84430", "https://example.com:8443"],
    );
}

#[test]
fn an_exact_origin_is_told_from_a_pattern() {
    let exact = |text: &str| {
        OriginPattern::parse(text).ok().and_then(|pattern| pattern.as_exact().as_ref().map(Origin::to_string))
    };
    assert_eq!(exact("https://app.example.com").as_deref(), Some("https://app.example.com"));
    assert_eq!(exact("https://*.example.com"), None);
}

#[test]
fn a_pattern_prints_as_it_was_written() {
    let patterns = [
        "https://app.example.com:8443",
        "https://*.example.com",
        "http://*.example.com:8080",
        "http://localhost:*",
        "http://*.localhost:*",
        "http://[2001:db8::1]:*",
        "tauri://localhost",
    ];
    for text in patterns {
        assert_eq!(OriginPattern::parse(text).map(|pattern| pattern.to_string()), Ok(text.to_owned()));
    }
    assert_eq!(
        Origin::parse("https://*.example.com").map_err(|error| error.kind()),
        Err(OriginErrorKind::WildcardElsewhere)
    );
}

/// The places of the mistakes of a list of origins.
fn mistakes(origins: &[&str]) -> Vec<String> {
    match PolicyDraft::new().origins(origins).validate() {
        Ok(_) => Vec::new(),
        Err(issues) => issues.iter().map(|issue| format!("{} {}", issue.place(), issue.kind().code())).collect(),
    }
}

#[test]
fn what_another_pattern_covers_is_found_in_either_order() {
    let covered = [
        ("https://*.example.com", "https://a.example.com"),
        ("https://*.example.com", "https://*.a.example.com"),
        ("https://*.example.com:*", "https://*.example.com"),
        ("https://*.example.com:*", "https://*.example.com:8443"),
        ("https://*.example.com:*", "https://*.a.example.com:*"),
        ("https://*.example.com:*", "https://a.example.com:*"),
        ("https://*.example.com", "https://*.-a.example.com"),
        ("http://*.example.com:*", "http://_x.example.com:*"),
        ("http://localhost:*", "http://localhost:1"),
    ];
    for (wide, narrow) in covered {
        assert_eq!(mistakes(&[wide, narrow]), ["origins[1] covered"], "{wide} covers {narrow}");
        assert_eq!(mistakes(&[narrow, wide]), ["origins[0] covered"], "{wide} covers {narrow}");
    }
    let apart = [
        ("https://*.example.com", "https://example.com"),
        ("https://*.example.com", "http://*.a.example.com"),
        ("https://*.example.com", "https://*.evilexample.com"),
        ("https://*.example.com", "https://*.example.com:8443"),
        ("https://*.a.example.com", "https://a.example.com:*"),
        ("https://a.example.com:*", "https://*.a.example.com"),
        ("http://localhost:*", "http://*.localhost:*"),
        ("https://localhost:*", "http://localhost:3000"),
    ];
    for (one, other) in apart {
        assert_eq!(mistakes(&[one, other]), [] as [&str; 0], "{one} and {other}");
        assert_eq!(mistakes(&[other, one]), [] as [&str; 0], "{other} and {one}");
    }
}

#[test]
fn only_this_machine_may_be_insecure_with_credentials() {
    let check = |origin: &str| PolicyDraft::new().origins([origin]).credentials(true).validate().is_ok();
    for local in [
        "http://localhost",
        "http://a.localhost",
        "http://*.localhost:*",
        "http://127.0.0.1:1",
        "http://127.255.0.9",
        "http://[::1]:*",
        "http://[::1]",
        "http://localhost.",
        "http://a.localhost.:3000",
    ] {
        assert!(check(local), "{local} is this machine");
    }
    for other in [
        "http://localhost.a",
        "http://notlocalhost",
        "http://notlocalhost.",
        "http://126.0.0.1",
        "http://[::2]",
        "http://localhost.example.com",
    ] {
        assert!(!check(other), "{other} is not this machine");
    }
    assert!(check("tauri://app"), "no network stands between a program and its own pages");
}

#[test]
fn a_duration_is_read_and_printed_as_one_writes_it() {
    let durations = [
        ("0", 0, "0"),
        ("600", 600, "10min"),
        ("90s", 90, "90"),
        ("2h", 7200, "2h"),
        ("86400", 86_400, "1d"),
        ("7201", 7201, "7201"),
    ];
    for (text, seconds, printed) in durations {
        let max_age = MaxAge::parse(text).unwrap_or_else(|mistake| panic!("{text}: {mistake}"));
        assert_eq!((max_age.seconds(), max_age.to_string().as_str()), (seconds, printed));
    }
    let error = |text: &str| MaxAge::parse(text).map_err(|error| error.kind());
    for text in ["", "s", "+1", "1.5h", "2 h", "2H", "1w", "h2", "600ms"] {
        assert_eq!(error(text), Err(MaxAgeErrorKind::NotADuration), "{text:?}");
    }
    assert_eq!(error("-1"), Err(MaxAgeErrorKind::Negative));
    for text in ["86401", "25h", "2d", "18446744073709551616", "99999999999999999d"] {
        assert_eq!(error(text), Err(MaxAgeErrorKind::TooLong), "{text:?}");
    }
}

#[test]
fn a_policy_prints_as_one_would_write_it_and_its_draft_gives_it_again() {
    let draft = PolicyDraft::new()
        .origins(["https://app.example.com", "http://*.corp.example.com:*"])
        .credentials(true)
        .methods(["GET", "PUT"])
        .allow_headers("*")
        .expose_headers(["X-A", "ETag"])
        .max_age("7200")
        .dangerously_allow(["insecure_origins"]);
    let policy = draft.validate().unwrap_or_else(|issues| panic!("{issues}"));
    assert_eq!(
        policy.to_string(),
        r#"origins: ["https://app.example.com", "http://*.corp.example.com:*"],
credentials: true,
methods: [GET, PUT],
allow_headers: "*",
expose_headers: ["X-A", "ETag"],
max_age: 2h,
dangerously_allow: [insecure_origins],"#
    );
    assert_eq!(policy.to_draft().validate().as_ref(), Ok(&policy));

    let nobody = PolicyDraft::new().origins("none").validate().unwrap_or_else(|issues| panic!("{issues}"));
    assert_eq!(nobody.to_string(), "origins: none,");
    assert_eq!(nobody.to_draft().validate().as_ref(), Ok(&nobody));

    let public =
        PolicyDraft::new().origins("*").methods(["GET", "VERSION-CONTROL"]).allow_headers(["*", "Authorization"]);
    let public = public.validate().unwrap_or_else(|issues| panic!("{issues}"));
    assert_eq!(
        public.to_string(),
        r#"origins: "*",
methods: ["GET", "VERSION-CONTROL"],
allow_headers: ["*", "Authorization"],"#
    );
    assert_eq!(public.to_draft().validate().as_ref(), Ok(&public));
}
