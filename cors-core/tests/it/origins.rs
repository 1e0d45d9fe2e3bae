//! Texts that are not origins: the flaw, and the suggested text.

mod printed;

use cors_core::{IssueKind, Origin, OriginErrorKind, OriginFlaw, OriginPattern, PolicyDraft};
use proptest::prelude::*;

use crate::random::runner;

/// Returns the flaw of a text, and what to write instead.
fn flaw(text: &str) -> (OriginFlaw, Option<String>) {
    match OriginPattern::parse(text) {
        Err(error) => match error.kind() {
            OriginErrorKind::Unserialisable(flaw) => (flaw, error.suggestion().map(str::to_owned)),
            other => panic!("{text:?} {other}"),
        },
        Ok(pattern) => panic!("{pattern} is right"),
    }
}

#[test]
fn every_flaw_is_named_and_mended_where_the_author_surely_meant_something() {
    let long_label = format!("https://{}.example", "a".repeat(64));
    let long_host = format!("https://*.{}example", "abcdefghi.".repeat(25));
    let too_long = format!("HTTPS://{}", "é".repeat(400));
    let rows = [
        (too_long.as_str(), OriginFlaw::TooLong { length: 808 }, None),
        ("", OriginFlaw::Empty, None),
        (" ", OriginFlaw::Empty, None),
        (" https://a.example", OriginFlaw::WhiteSpace, Some("https://a.example")),
        ("https://a.example\n", OriginFlaw::WhiteSpace, Some("https://a.example")),
        ("https://a .example", OriginFlaw::WhiteSpace, None),
        ("https://\ta.example", OriginFlaw::WhiteSpace, None),
        ("https://a.example,https://b.example", OriginFlaw::Several, None),
        ("https://a.example https://b.example", OriginFlaw::Several, None),
        ("https://a.examplehttps://b.example", OriginFlaw::Several, None),
        ("https://a,b.example", OriginFlaw::Several, None),
        ("a.example", OriginFlaw::MissingScheme, Some("https://a.example")),
        ("//a.example", OriginFlaw::MissingScheme, Some("https://a.example")),
        ("*.a.example", OriginFlaw::MissingScheme, Some("https://*.a.example")),
        ("localhost:*", OriginFlaw::MissingScheme, Some("http://localhost:*")),
        ("127.0.0.1:3000", OriginFlaw::MissingScheme, Some("http://127.0.0.1:3000")),
        ("[2001:db8::1]", OriginFlaw::MissingScheme, Some("https://[2001:db8::1]")),
        ("app", OriginFlaw::MissingScheme, None),
        ("0.0.0.0", OriginFlaw::MissingScheme, None),
        ("0.0.0.0:8080", OriginFlaw::MissingScheme, None),
        ("[::]:8080", OriginFlaw::MissingScheme, None),
        ("https//a.example", OriginFlaw::MissingScheme, None),
        (":8080", OriginFlaw::MissingScheme, None),
        ("wss://a.example:9", OriginFlaw::NoPageScheme, Some("https://a.example:9")),
        ("WS://localhost", OriginFlaw::NoPageScheme, Some("http://localhost")),
        ("ftp://a.example", OriginFlaw::NoPageScheme, None),
        ("blob:https://a.example", OriginFlaw::NoPageScheme, None),
        ("data:text/html,hello", OriginFlaw::NoPageScheme, None),
        ("about:blank", OriginFlaw::NoPageScheme, None),
        ("javascript:void(0)", OriginFlaw::NoPageScheme, None),
        ("1app://localhost", OriginFlaw::NoPageScheme, None),
        ("é://localhost", OriginFlaw::NoPageScheme, None),
        ("htps://a.example", OriginFlaw::MisspeltScheme, Some("https://a.example")),
        ("htp://localhost:3000", OriginFlaw::MisspeltScheme, Some("http://localhost:3000")),
        ("://a.example", OriginFlaw::MissingScheme, None),
        ("https:/a.example", OriginFlaw::Slashes, Some("https://a.example")),
        ("https:a.example", OriginFlaw::Slashes, Some("https://a.example")),
        ("https:\\\\a.example", OriginFlaw::Slashes, Some("https://a.example")),
        ("myapp:/a.example", OriginFlaw::Slashes, Some("myapp://a.example")),
        ("https://me:secret@a.example", OriginFlaw::UserInfo, Some("https://a.example")),
        ("https://", OriginFlaw::MissingHost, None),
        ("tauri://", OriginFlaw::MissingHost, None),
        ("HTTPS://a.example", OriginFlaw::UpperCase, Some("https://a.example")),
        ("https://*.A.example", OriginFlaw::UpperCase, Some("https://*.a.example")),
        ("TAURI://Localhost", OriginFlaw::UpperCase, Some("tauri://localhost")),
        ("https://faß.example", OriginFlaw::Unicode, Some("https://xn--fa-hia.example")),
        ("https://xn--a.example", OriginFlaw::InvalidPunycode, None),
        ("https://a.xn--a.example", OriginFlaw::InvalidPunycode, None),
        ("http://0x7f.1", OriginFlaw::Ipv4, None),
        ("http://192.0.2.256", OriginFlaw::Ipv4, None),
        ("http://[2001:DB8::1]", OriginFlaw::Ipv6, Some("http://[2001:db8::1]")),
        ("http://[::ffff:192.0.2.1]", OriginFlaw::Ipv6, Some("http://[::ffff:c000:201]")),
        ("http://[::1", OriginFlaw::Ipv6, None),
        ("http://[fe80::1%25eth0]", OriginFlaw::Zone, None),
        ("https://a..example", OriginFlaw::EmptyLabel, None),
        ("https://.example", OriginFlaw::EmptyLabel, None),
        ("tauri://.", OriginFlaw::EmptyLabel, None),
        (&long_label, OriginFlaw::LongLabel, None),
        (&long_host, OriginFlaw::LongHost, None),
        ("https://b%C3%BCcher.example", OriginFlaw::HostCharacter, Some("https://xn--bcher-kva.example")),
        ("https://a!.example", OriginFlaw::HostCharacter, None),
        ("https://*.a.example.", OriginFlaw::FinalDot, None),
        ("http://localhost.:*", OriginFlaw::FinalDot, None),
        ("https://a.example:8443:1", OriginFlaw::HostCharacter, None),
        ("tauri://::1::", OriginFlaw::HostCharacter, None),
        ("tauri://a:1:", OriginFlaw::HostCharacter, None),
        ("tauri://[", OriginFlaw::HostCharacter, None),
        ("tauri://[::1]:5", OriginFlaw::HostCharacter, None),
        ("chrome-extension://[a/b]", OriginFlaw::HostCharacter, None),
        ("https://a.example:", OriginFlaw::EmptyPort, Some("https://a.example")),
        ("https://a.example:0", OriginFlaw::PortRange, None),
        ("https://a.example:65536", OriginFlaw::PortRange, None),
        ("https://a.example:8a", OriginFlaw::PortRange, None),
        ("https://a.example:+1", OriginFlaw::PortRange, None),
        ("tauri://localhost:+1", OriginFlaw::PortRange, None),
        ("tauri://localhost:0", OriginFlaw::PortRange, None),
        ("tauri://localhost:01", OriginFlaw::LeadingZero, Some("tauri://localhost:1")),
        ("https://a.example:08443", OriginFlaw::LeadingZero, Some("https://a.example:8443")),
        ("http://a.example:080", OriginFlaw::DefaultPort, Some("http://a.example")),
        ("https://*.a.example:443", OriginFlaw::DefaultPort, Some("https://*.a.example")),
        ("https://a.example/", OriginFlaw::TrailingSlash, Some("https://a.example")),
        ("http://192.0.2.7/", OriginFlaw::TrailingSlash, Some("http://192.0.2.7")),
        ("https://a.example\\", OriginFlaw::TrailingSlash, Some("https://a.example")),
        ("http://localhost:*/", OriginFlaw::TrailingSlash, Some("http://localhost:*")),
        ("https://a.example/b", OriginFlaw::Path, Some("https://a.example")),
        ("https://a.example//", OriginFlaw::Path, Some("https://a.example")),
        ("https://a.example?b", OriginFlaw::Query, Some("https://a.example")),
        ("https://a.example#b", OriginFlaw::Fragment, Some("https://a.example")),
    ];
    for (text, expected, suggestion) in rows {
        assert_eq!(flaw(text), (expected, suggestion.map(str::to_owned)), "{text:?}");
    }
}

#[test]
fn what_other_software_calls_a_pattern_is_mended_where_it_means_one_origin_or_its_subdomains() {
    for (text, suggestion) in [
        ("http://localhost:3000/*", Some("http://localhost:3000")),
        ("https://*.example.com/*", Some("https://*.example.com")),
        ("HTTP://localhost:*/*", Some("http://localhost:*")),
        (r"https://.*\.example\.com", Some("https://*.example.com")),
        (r"^https://.*\.example\.com$", Some("https://*.example.com")),
        ("https://.*.example.com", Some("https://*.example.com")),
        (r"^https://app\.example\.com$", Some("https://app.example.com")),
        (r"https://app\.example\.com", Some("https://app.example.com")),
        (r"https://(a|b)\.example\.com/*", None),
        ("https://*", None),
        ("https://*/*", None),
        ("https://192.168.0.*", None),
        ("https://a.example/*/*", None),
    ] {
        let error = OriginPattern::parse(text).expect_err("it is no pattern");
        assert_eq!(error.suggestion(), suggestion, "{text}");
    }
}

#[test]
fn an_error_shows_a_bounded_part_of_a_text_that_a_stranger_sent() {
    let error = OriginPattern::parse(&format!("https://a.example/{}", "\u{1f600}".repeat(100))).expect_err("a path");
    assert_eq!(
        error.to_string(),
        format!("\"https://a.example/{}\"... (418 bytes) has a path", "\u{1f600}".repeat(11))
    );
    for (length, kept) in [(512, 512), (513, 64)] {
        let text = format!("https://{}", "a".repeat(length - "https://".len()));
        assert_eq!(OriginPattern::parse(&text).expect_err("a long label").text(), &text[..kept]);
    }
    assert_eq!(OriginPattern::parse(" ").map_err(|error| error.to_string()), Err("an empty text is no origin".into()));
}

#[test]
fn what_is_suggested_is_valid() {
    for text in
        ["https://me@*.A.example:0443/x?y#z", "//LOCALHOST:*", "WSS://b%C3%BCcher.example:08/", "https:\\[::0001]:*"]
    {
        let suggestion = flaw(text).1.unwrap_or_else(|| panic!("{text:?} has no suggestion"));
        assert!(OriginPattern::parse(&suggestion).is_ok(), "{suggestion:?} is suggested for {text:?}");
    }
}

#[test]
fn text_within_the_limits_is_valid() {
    let label = "a".repeat(63);
    let host = format!("{label}.{label}.{label}.{}", "b".repeat(253 - 3 * 64));
    let base = format!("{label}.{label}.{label}.{}", "b".repeat(251 - 3 * 64));
    let valid = [
        format!("https://{host}"),
        format!("https://{host}.:65535"),
        format!("https://*.{base}:1"),
        format!("tauri://{host}"),
        "https://a.example:80".to_owned(),
        "http://a.example:443".to_owned(),
        "https://[2001:db8::]".to_owned(),
        "https://-a_.example".to_owned(),
        "http+app://localhost:80".to_owned(),
    ];
    for text in valid {
        assert_eq!(OriginPattern::parse(&text).map(|pattern| pattern.to_string()), Ok(text));
    }
    for text in [format!("https://{host}b"), format!("https://*.{base}b")] {
        assert_eq!(flaw(&text).0, OriginFlaw::LongHost);
    }
    assert_eq!(flaw(&format!("https://{host}/")).0, OriginFlaw::TrailingSlash);
}

#[test]
fn an_origin_of_512_bytes_is_the_longest() {
    let longest = format!("{}://x", "a".repeat(Origin::MAX_LENGTH - "://x".len()));
    assert_eq!(longest.len(), 512);
    assert_eq!(Origin::parse(&longest).map(|origin| origin.to_string()).as_ref(), Ok(&longest));
    assert_eq!(OriginPattern::parse(&longest).map(|pattern| pattern.to_string()).as_ref(), Ok(&longest));
    for text in [
        format!("a{longest}"),
        format!("{longest}{}", " ".repeat(200)),
        format!("null{}", " ".repeat(600)),
        format!("moz-extension://{}", "*".repeat(600)),
        format!("{}://x", "a".repeat(120_000)),
        format!("{}://X", "A".repeat(120_000)),
        format!("https://{}example", "a.".repeat(60_000)),
    ] {
        assert_eq!(flaw(&text), (OriginFlaw::TooLong { length: text.len() }, None));
        let mistake = Origin::parse(&text).expect_err("too long");
        let said =
            format!("a text of {} bytes that begins with {:?} has more than the 512 bytes", text.len(), &text[..64]);
        assert!(mistake.to_string().starts_with(&said), "{mistake}");
    }
}

#[test]
fn origins_that_name_nobody_are_refused_in_any_writing() {
    let code = |text: &str| OriginPattern::parse(text).map_err(|error| IssueKind::from(error).code());
    for text in ["null", "NULL", " null ", "file:", "file://", "FILE:///home", "file:x"] {
        assert_eq!(code(text), Err("unsafe-origin"), "{text:?}");
    }
    for text in ["moz-extension://0c1e", "moz-extension://*", "safari-web-extension://X"] {
        assert_eq!(code(text), Err("installation-origin"), "{text:?}");
    }
    for text in [
        "*",
        "https://*",
        "https://*:*",
        "https://*.",
        "https://*.10",
        "https://*.[::1]",
        "wss://*.a.example",
        "https://a.example:8443:*",
        "https://*.a.example:8443:*",
        "https://[::1]:80:*",
        "a.example:80:*",
        "tauri://*.a",
        "https://a/*",
    ] {
        assert_eq!(code(text), Err("wildcard-elsewhere"), "{text:?}");
    }
}

#[test]
fn a_pattern_of_strangers_names_the_suffix_below_it_and_is_mended_to_the_host_itself_first() {
    for (pattern, says, own) in [
        (
            "https://*.github.io",
            "matches the sites of strangers, and the policy has `credentials` = true",
            "https://your-name.github.io",
        ),
        (
            "https://*.amazonaws.com:8443",
            "takes in `s3.amazonaws.com`, below which anybody can register a name, and the policy has `credentials` = true",
            "https://your-name.s3.amazonaws.com:8443",
        ),
    ] {
        let issues =
            PolicyDraft::new().origins([pattern]).credentials(true).validate().expect_err("it is no one's own");
        let message = issues.iter().next().expect("a mistake").message();
        assert_eq!(message.summary(), format!("{pattern:?} {says}"));
        let help = message.help();
        let found = [own, "https://*.preview.example.com", "Cors::with_source", "dangerously_allow"]
            .map(|text| help.find(text));
        assert!(found.iter().all(Option::is_some) && found.is_sorted(), "{help}");
    }
}

#[test]
fn an_insecure_origin_is_mended_to_a_valid_one() {
    for (origin, mended) in
        [("http://a.example:443", "https://a.example"), ("http://a.example:8080", "https://a.example:8080")]
    {
        let issues =
            PolicyDraft::new().origins([origin]).credentials(true).validate().expect_err("it is not encrypted");
        let suggestions: Vec<_> = issues.iter().map(|issue| issue.kind().suggestion()).collect();
        assert_eq!(suggestions, [Some(mended.to_owned())]);
        assert!(issues.to_string().contains(&format!("write {mended:?}")), "{issues}");
    }
}

#[test]
fn an_error_is_printed_with_its_help_where_a_program_ends_by_it() {
    let error = Origin::parse("https://app.example.com/").expect_err("it has a slash");
    assert_eq!(format!("{error:?}"), format!("{error}\nhelp: write \"https://app.example.com\""));
    let error = Origin::parse("https://a .example").expect_err("it has a space");
    assert_eq!(format!("{error:?}"), error.to_string());
}
