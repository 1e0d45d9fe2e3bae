//! Requests that tried something somewhere: origins of M1 to M12 and M20, methods, lists of names, lines that stand there twice.

use crate::naive::Request;
use crate::servers::TENANT;

/// Each is sent as the only `Origin` line of a GET, a POST, a DELETE and a preflight.
const ORIGINS: [&str; 78] = [
    // Right ones.
    "https://app.example.com",
    "https://a.example.org",
    "https://a.b.example.org",
    "http://localhost",
    "http://localhost:8080",
    "https://a.example.net:8443",
    "https://known.example",
    "https://evil.example",
    "null",
    // M3, M4, M5: a beginning, an end, a part.
    "https://app.example.com.evil.test",
    "https://app.example.community",
    "https://app.example.co",
    "https://evilapp.example.com",
    "https://evilexample.org",
    "https://example.org",
    "https://a.example.org.evil.test",
    "http://localhost.evil.test",
    "http://localhosts",
    "https://evil.test/https://app.example.com",
    "https://evil.test?https://app.example.com",
    "https://evil.test#.example.org",
    "https://app.example.com@evil.test",
    "https://evil.test@app.example.com",
    "https://app.example.com:443@evil.test",
    // M6: a dot that is any letter.
    "https://appxexample.com",
    "https://app-example.com",
    "https://axexample.org",
    // M7: letters with a meaning somewhere.
    "https://evil.test_.example.org",
    "https://evil.test!.example.org",
    "https://evil.test$.example.org",
    "https://evil.test&.example.org",
    "https://evil.test'.example.org",
    "https://evil.test(.example.org",
    "https://evil.test*.example.org",
    "https://evil.test+.example.org",
    "https://evil.test,.example.org",
    "https://evil.test;.example.org",
    "https://evil.test=.example.org",
    "https://evil.test~.example.org",
    "https://evil.test{.example.org",
    "https://evil.test|.example.org",
    "https://evil.test\".example.org",
    "https://evil.test`.example.org",
    "https://evil.test%60.example.org",
    "https://evil.test%0b.example.org",
    "https://evil.test%00.example.org",
    "https://evil.test\\.example.org",
    "https://evil.test/.example.org",
    // M11, M12: what stands for nothing.
    "https://.example.org",
    "https://..example.org",
    "https://a..example.org",
    "https://*.example.org",
    "http://localhost:*",
    "https://",
    "https:",
    "*",
    "",
    // Another spelling of a right one.
    "HTTPS://APP.EXAMPLE.COM",
    "https://APP.example.com",
    "https://app.example.com:443",
    "https://app.example.com:0443",
    "https://app.example.com:",
    "https://app.example.com.",
    "https://app.example.com/",
    "https:/app.example.com",
    "https:app.example.com",
    "//app.example.com",
    "app.example.com",
    "http://app.example.com",
    "http://localhost:0",
    "http://localhost:00080",
    "http://localhost:80",
    "http://localhost:65536",
    "http://localhost:99999999999999999999",
    "http://localhost:8080 ",
    "https://app.example.com, https://evil.test",
    "https://evil.test https://app.example.com",
    "https://\u{e9}.example.org",
];

/// The requests, each with a `Host` line.
pub(crate) fn requests() -> Vec<Request> {
    let mut requests = Vec::new();
    for origin in ORIGINS {
        for method in ["GET", "POST", "DELETE"] {
            requests.push(request(method, &[("Origin", origin.as_bytes())]));
        }
        let lines = [("Origin", origin.as_bytes()), ASKS_FOR_PUT];
        requests.push(request("OPTIONS", &lines));
    }
    let long = |length: usize| ["https://", &"a".repeat(length), ".example.org"].concat().into_bytes();
    // M21: labels and hosts have an end, and so has an origin.
    for length in [63, 64, 241, 242, 480, 492, 493, 8_000, 60_000] {
        requests.push(request("GET", &[("Origin", &long(length))]));
    }
    let schemes = [&b"a".repeat(60_000)[..], b"https".as_slice(), b"HTTPS"];
    requests.extend(schemes.map(|scheme| request("GET", &[("Origin", &[scheme, b"://x"].concat())])));
    requests.extend(preflights());
    requests.extend(repeated());
    requests
}

const APP: (&str, &[u8]) = ("Origin", b"https://app.example.com");
const EVIL: (&str, &[u8]) = ("Origin", b"https://evil.example");
const ASKS_FOR_PUT: (&str, &[u8]) = ("Access-Control-Request-Method", b"PUT");

fn preflights() -> Vec<Request> {
    let long = b"M".repeat(5_000);
    let methods: [&[u8]; 14] = [
        b"PUT",
        b"put",
        b"DELETE",
        b"PATCH",
        b"GET",
        b"CONNECT",
        b"TRACE",
        b"track",
        b"*",
        b"",
        b"P UT",
        b"PUT,DELETE",
        b"P\xe9T",
        &long,
    ];
    let many = "x-a,".repeat(2_000).into_bytes();
    let commas = b",".repeat(50_000);
    let spaces = [&b" ,\t,".repeat(5_000)[..], b"x-a"].concat();
    let names: [&[u8]; 16] = [
        b"x-token",
        b"X-Token, x-other",
        b"authorization",
        b"cookie",
        b"*",
        b"",
        b",",
        b",,x-a,,",
        b"x-a,\tx-b",
        b"x a",
        b"x-\xe9",
        b"x-a;x-b",
        b"vary: origin",
        &many,
        &commas,
        &spaces,
    ];
    let mut requests = Vec::new();
    for origin in [APP, EVIL] {
        for method in methods {
            requests.push(request("OPTIONS", &[origin, ("Access-Control-Request-Method", method)]));
        }
        for names in names {
            requests.push(request("OPTIONS", &[origin, ASKS_FOR_PUT, ("Access-Control-Request-Headers", names)]));
        }
        // M14, M19: what must not be repeated or granted.
        for (name, value) in [
            ("Access-Control-Request-Headers", b"origin, vary".as_slice()),
            ("Access-Control-Request-Private-Network", b"true"),
            ("Access-Control-Request-Local-Network", b"true"),
        ] {
            requests.push(request("OPTIONS", &[origin, ASKS_FOR_PUT, (name, value)]));
        }
    }
    requests
}

/// M15: lines that stand there twice, and what only looks like a preflight.
fn repeated() -> Vec<Request> {
    let asks_for_delete = ("Access-Control-Request-Method", b"DELETE".as_slice());
    let names = |value: &'static [u8]| ("Access-Control-Request-Headers", value);
    let site = |value: &'static [u8]| ("Sec-Fetch-Site", value);
    let mut requests = Vec::new();
    for method in ["GET", "OPTIONS", "PUT", "HEAD", "BREW"] {
        for lines in [
            vec![],
            vec![ASKS_FOR_PUT],
            vec![APP],
            vec![EVIL],
            vec![APP, APP],
            vec![APP, EVIL],
            vec![EVIL, APP],
            vec![("Origin", b""), APP],
            vec![APP, ASKS_FOR_PUT, asks_for_delete],
            vec![APP, ASKS_FOR_PUT, ASKS_FOR_PUT],
            vec![APP, APP, ASKS_FOR_PUT],
            vec![APP, ASKS_FOR_PUT, names(b"x-a"), names(b"x-b")],
            vec![APP, ASKS_FOR_PUT, names(b""), names(b"x-b")],
            vec![APP, ASKS_FOR_PUT, names(b"x-a"), names(b"x b")],
            vec![EVIL, site(b"same-origin")],
            vec![EVIL, site(b"same-origin"), site(b"cross-site")],
            vec![EVIL, site(b"Same-Origin")],
            vec![APP, site(b"cross-site")],
            vec![("Origin", b"http://tenant.example")],
            vec![("Origin", b"https://tenant.example")],
            vec![("Origin", b"https://tenant.example:8443")],
            vec![("Origin", b"https://u@tenant.example")],
        ] {
            requests.push(request(method, &lines));
        }
    }
    requests
}

fn request(method: &str, lines: &[(&str, &[u8])]) -> Request {
    let host = ("Host", TENANT.as_bytes());
    let lines = [&[host], lines].concat();
    let headers = lines.iter().map(|(name, value)| ((*name).to_owned(), value.to_vec())).collect();
    Request { method: method.as_bytes().to_vec(), headers, authority: None, public_origin: None }
}
