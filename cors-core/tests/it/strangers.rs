//! Test origins, which look like another origin, and the warnings about a server that allows them.

use cors_core::{Decision, Forward, Lines, Origin, PolicyDraft, Request, Stranger, decide};

const NOBODY: &str = "https://why-probe.invalid";

#[test]
fn strangers_look_like_the_origin_and_are_of_nobody_whom_it_belongs_to() {
    let rows: [(&str, &[&str]); 9] = [
        (
            "https://example.com",
            &["https://why-probeexample.com", "https://example.com.why-probe.invalid", "http://example.com"],
        ),
        // Below a public suffix of two labels, three labels are registered.
        (
            "https://a.b.shop.co.uk:8443",
            &[
                "https://why-probeshop.co.uk:8443",
                "https://a.b.shop.co.uk.why-probe.invalid:8443",
                "http://a.b.shop.co.uk:8443",
            ],
        ),
        (
            "https://ada.github.io",
            &["https://why-probeada.github.io", "https://ada.github.io.why-probe.invalid", "http://ada.github.io"],
        ),
        // Nobody can register a name with the end of an unregistered one, and no network is between this machine and
        // itself.
        ("http://localhost:3000", &["http://localhost.why-probe.invalid:3000"]),
        ("https://app.localhost", &["https://app.localhost.why-probe.invalid"]),
        ("https://co.uk", &["https://co.uk.why-probe.invalid", "http://co.uk"]),
        ("https://192.168.0.7", &[]),
        ("https://[::1]:8443", &[]),
        ("http://app.example.com", &["http://why-probeexample.com", "http://app.example.com.why-probe.invalid"]),
    ];
    for (origin, lookalikes) in rows {
        let strangers = Stranger::of(origin);
        let found: Vec<&str> = strangers.iter().map(Stranger::origin).collect();
        assert_eq!(found, [&[NOBODY], lookalikes].concat(), "{origin}");
    }
    for none in ["null", "", "app.example.com", "data:text/html,x"] {
        assert_eq!(Stranger::of(none), [], "{none}");
    }
}

#[test]
fn no_policy_of_one_site_lets_a_stranger_in() {
    let origins = ["https://*.example.com", "https://example.com", "https://*.shop.co.uk:*"];
    let policy = PolicyDraft::new().origins(origins).credentials(true).validate().expect("a policy");
    for origin in ["https://example.com", "https://app.example.com", "https://a.shop.co.uk:8443"] {
        let granted = |origin: &str| {
            let request = Request::new(b"GET").origin(Lines::One(origin.as_bytes()));
            matches!(decide(&policy, &request), Decision::Forward(Forward::Granted(_)))
        };
        assert!(granted(origin), "{origin}");
        for stranger in Stranger::of(origin) {
            assert!(!granted(stranger.origin()), "{}", stranger.origin());
        }
    }
}

#[test]
fn the_host_of_nobody_has_the_label_that_is_asked_for() {
    let origin = Origin::parse("https://app.example.com:8443").expect("an origin");
    let origins: Vec<String> =
        Stranger::named(&origin, "probe-7").iter().map(|stranger| stranger.origin().to_owned()).collect();
    let expected = [
        "https://probe-7.invalid",
        "https://probe-7example.com:8443",
        "https://app.example.com.probe-7.invalid:8443",
        "http://app.example.com:8443",
    ];
    assert_eq!(origins, expected);
}

#[test]
fn a_warning_names_the_stranger_who_may_read_and_what_to_compare() {
    let [nobody, ending, beginning, insecure] = Stranger::of("https://app.example.com").try_into().expect("four");
    let rows = [
        (
            &nobody,
            false,
            "the server allows whatever origin asks, https://why-probe.invalid too. If everybody may read the answer, say so by \
             `*`, and if not, name the origins that may",
        ),
        (
            &nobody,
            true,
            "the server allows whatever origin asks, https://why-probe.invalid too, and with credentials: every site can read \
             what belongs to your users. Name the origins that may",
        ),
        (
            &ending,
            false,
            "the server allows https://why-probeexample.com too, since it ends like an origin that it means: anyone who registers \
             such a host can read what is meant for others. Compare the whole origin, or whole labels, with the dot before the \
             domain",
        ),
        (
            &beginning,
            true,
            "the server allows https://app.example.com.why-probe.invalid too, with credentials, since it begins like an origin \
             that it means: anyone who has such a host can read what belongs to your users. Compare the whole origin",
        ),
        (
            &insecure,
            true,
            "the server allows http://app.example.com too, with credentials, which is not encrypted: anyone between \
             browser and server can put a page of their own there, and read what belongs to your users. Compare the scheme too",
        ),
    ];
    for (stranger, with_credentials, warning) in rows {
        assert_eq!(stranger.warning("the server", "`*`", with_credentials), warning);
    }
}
