//! scratch
use cors_core::browser::*;
use cors_tests::engines::{answers::*, pair::*, site::Site, *};
fn ans(status: u16, lines: &[(&str, &str)]) -> Answer {
    Answer { status, lines: lines.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect() }
}
fn main() {
    let e = std::env::args().nth(1).unwrap();
    let what = std::env::args().nth(2).unwrap();
    let mut pairs = vec![];
    let mut add = |page, asks: Vec<Ask>, hops: Vec<Hop>| {
        let index = pairs.len();
        pairs.push(Pair { id: Id { seed: 0, index }, kind: Kind::Wild, page, asks, hops });
    };
    let ask = |m: &str, c| Ask {
        by: By::Fetch,
        url: "{url0}".into(),
        method: m.into(),
        headers: vec![],
        body: Payload::None,
        mode: Mode::Cors,
        credentials: c,
        redirect: RedirectMode::Follow,
        cache: CacheMode::Default,
        referrer_policy: None,
    };
    let a = PageKind::Of(Site::PageByName);
    if what == "age" {
        for c in [CredentialsMode::Include, CredentialsMode::Omit] {
            for age in ["600", "7", "5", "0600", "60", "86400", "3"] {
                for site in [Site::ApiByName, Site::ApiByNumber] {
                    let pre = ans(
                        204,
                        &[
                            ("Access-Control-Allow-Origin", "{origin}"),
                            ("Access-Control-Allow-Credentials", "true"),
                            ("Access-Control-Allow-Methods", "PUT"),
                            ("Access-Control-Max-Age", age),
                        ],
                    );
                    let act = ans(
                        200,
                        &[("Access-Control-Allow-Origin", "{origin}"), ("Access-Control-Allow-Credentials", "true")],
                    );
                    add(a, vec![ask("PUT", c), ask("PUT", c)], vec![Hop { site, preflight: pre, actual: act }]);
                }
            }
        }
    }
    if what == "hints" {
        for (n, v) in [
            ("DPR", "x"),
            ("DPR", "2"),
            ("Save-Data", "on"),
            ("Save-Data", "off"),
            ("Width", "1"),
            ("Viewport-Width", "100"),
            ("Device-Memory", "8"),
            ("Device-Memory", "x"),
            ("Downlink", "1"),
            ("ECT", "4g"),
            ("ECT", "x"),
            ("RTT", "1"),
            ("RTT", "x"),
            ("Downlink", "x"),
            ("Sec-CH-DPR", "1"),
            ("Range", "bytes=9-1"),
            ("Range", "Bytes=0-1"),
            ("Range", "bytes=-5"),
            ("Range", "bytes= 0-1"),
            ("Range", "bytes=0-1,3-4"),
            ("Range", "BYTES=0-"),
            ("Range", " bytes=0-"),
            ("Range", "bytes=00-1"),
            ("Range", "bytes=0-99999999999999999999"),
            ("Range", "bytes=1-0"),
            ("Range", "bytes =0-1"),
            ("Range", "bytes=0 -1"),
            ("Range", "bytes=0-1 "),
            ("Content-Type", ""),
            ("Accept", ""),
            ("Accept-Language", ""),
        ] {
            let mut x = ask("PUT", CredentialsMode::Omit);
            x.headers = vec![(n.into(), v.into())];
            let pre = ans(204, &[("Access-Control-Allow-Origin", "*")]);
            add(a, vec![x], vec![Hop { site: Site::ApiByName, preflight: pre.clone(), actual: pre }]);
        }
    }
    if what == "origin" {
        for page in [a, PageKind::Sandboxed] {
            for site in [Site::PageByName, Site::ApiByName, Site::ApiByNumber] {
                for m in ["GET", "HEAD", "POST"] {
                    for c in [CredentialsMode::Omit, CredentialsMode::SameOrigin, CredentialsMode::Include] {
                        for mode in [Mode::NoCors, Mode::Cors] {
                            for rp in [None, Some("no-referrer"), Some("same-origin")] {
                                let mut x = ask(m, c);
                                x.mode = mode;
                                x.referrer_policy = rp;
                                let act = ans(
                                    200,
                                    &[
                                        ("Access-Control-Allow-Origin", "{origin}"),
                                        ("Access-Control-Allow-Credentials", "true"),
                                    ],
                                );
                                add(page, vec![x], vec![Hop { site, preflight: act.clone(), actual: act }]);
                            }
                        }
                    }
                }
            }
        }
    }
    if what == "redir" {
        // headers and methods after one, two redirects
        for m in ["POST", "PUT", "DELETE", "PATCH"] {
            for status in [301, 302, 303, 307, 308] {
                for sites in [
                    [Site::ApiByName, Site::ApiByName, Site::ApiByName],
                    [Site::ApiByName, Site::ApiByNumber, Site::ApiByNumber],
                    [Site::PageByName, Site::PageByName, Site::PageByName],
                    [Site::PageByName, Site::ApiByName, Site::ApiByName],
                    [Site::PageByName, Site::PageByName, Site::ApiByName],
                    [Site::ApiByName, Site::PageByName, Site::PageByName],
                ] {
                    for auth in [false, true] {
                        for mode in [Mode::Cors, Mode::NoCors] {
                            if mode == Mode::NoCors && m != "POST" {
                                continue;
                            }
                            let mut x = ask(m, CredentialsMode::Omit);
                            x.body = Payload::Text;
                            x.mode = mode;
                            if auth {
                                x.headers.push(("Authorization".into(), "x".into()));
                            }
                            let pre = ans(
                                204,
                                &[
                                    ("Access-Control-Allow-Origin", "{origin}"),
                                    ("Access-Control-Allow-Methods", "*"),
                                    ("Access-Control-Allow-Headers", "*, authorization"),
                                    ("Access-Control-Max-Age", "0"),
                                ],
                            );
                            let act = |st, to: &str| {
                                let mut v = ans(st, &[("Access-Control-Allow-Origin", "{origin}")]);
                                if !to.is_empty() {
                                    v.lines.push(("Location".into(), to.into()));
                                }
                                v
                            };
                            add(
                                a,
                                vec![x],
                                vec![
                                    Hop { site: sites[0], preflight: pre.clone(), actual: act(status, "{url1}") },
                                    Hop { site: sites[1], preflight: pre.clone(), actual: act(307, "{url2}") },
                                    Hop { site: sites[2], preflight: pre.clone(), actual: act(200, "") },
                                ],
                            );
                        }
                    }
                }
            }
        }
    }
    if what == "cache" {
        for page in [a, PageKind::Sandboxed] {
            for m in ["PUT", "DELETE"] {
                for c in [CredentialsMode::Include, CredentialsMode::Omit] {
                    for sites in [
                        [Site::ApiByName, Site::ApiByName],
                        [Site::ApiByName, Site::ApiByNumber],
                        [Site::PageByName, Site::ApiByName],
                        [Site::PageByName, Site::ApiByNumber],
                        [Site::ApiByName, Site::PageByName],
                    ] {
                        for age in ["", "600"] {
                            for st in [303, 307] {
                                let mut pre = ans(
                                    204,
                                    &[
                                        ("Access-Control-Allow-Origin", "{origin}"),
                                        ("Access-Control-Allow-Credentials", "true"),
                                        ("Access-Control-Allow-Methods", "PUT, DELETE"),
                                    ],
                                );
                                if age != "" {
                                    pre.lines.push(("Access-Control-Max-Age".into(), age.into()));
                                }
                                let act = |st, to: &str| {
                                    let mut v = ans(
                                        st,
                                        &[
                                            ("Access-Control-Allow-Origin", "{origin}"),
                                            ("Access-Control-Allow-Credentials", "true"),
                                        ],
                                    );
                                    if !to.is_empty() {
                                        v.lines.push(("Location".into(), to.into()));
                                    }
                                    v
                                };
                                add(
                                    page,
                                    vec![ask(m, c), ask(m, c)],
                                    vec![
                                        Hop { site: sites[0], preflight: pre.clone(), actual: act(st, "{url1}") },
                                        Hop { site: sites[1], preflight: pre.clone(), actual: act(200, "") },
                                    ],
                                );
                            }
                        }
                    }
                }
            }
        }
    }
    let name = match e.as_str() {
        "chromium" => EngineName::Chromium,
        "firefox" => EngineName::Firefox,
        _ => EngineName::Webkit,
    };
    let d = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(run(name, &pairs))
        .unwrap();
    println!("{} of {}", d.len(), pairs.len());
    for d in d {
        let x = &d.pair.asks[0];
        let f = |s: &Seen| {
            let o: Vec<String> =
                s.outcomes.iter().map(|o| format!("{o:?}").split(' ').next().unwrap().to_string()).collect();
            let r: Vec<String> = s
                .arrived
                .iter()
                .map(|a| {
                    format!(
                        "{}{}@{} o={} {} {}",
                        a.method,
                        a.request_method.as_ref().map(|m| format!("({m})")).unwrap_or_default(),
                        a.hop,
                        a.origin.as_deref().map(|o| if o == "null" { "null" } else { "page" }).unwrap_or("-"),
                        a.request_headers.as_deref().unwrap_or(""),
                        a.script.iter().map(|(n, v)| format!("{n}={v}")).collect::<Vec<_>>().join(" ")
                    )
                })
                .collect();
            format!("{} | {}", o.join(","), r.join(" | "))
        };
        println!(
            "{:?} {} {:?} {:?} {:?} {:?} hops {:?} {:?}\n   M {}\n   E {}",
            d.pair.page,
            x.method,
            x.headers,
            x.mode,
            x.credentials,
            x.referrer_policy,
            d.pair.hops.iter().map(|h| (h.site, h.actual.status)).collect::<Vec<_>>(),
            d.pair.hops[0].preflight.lines.last(),
            f(&d.model),
            f(&d.engine)
        );
    }
}
