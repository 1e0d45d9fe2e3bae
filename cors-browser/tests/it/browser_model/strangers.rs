//! Test origins, which show what a server allows by mistake.

use cors_browser::{Response, Stranger};

#[test]
fn a_hole_names_the_stranger_and_http_is_one_with_credentials_only() {
    let answer = |allowed: &str| Response::new(200).header("Access-Control-Allow-Origin", allowed);
    for stranger in Stranger::of("https://app.example.com") {
        let named = answer(stranger.origin());
        let with_credentials = named.clone().header("access-control-allow-credentials", "true");
        let is_insecure = stranger.code() == "insecure-matched";
        assert_eq!(named.warning_about(&stranger).is_some(), !is_insecure, "{}", stranger.code());
        assert!(with_credentials.warning_about(&stranger).is_some(), "{}", stranger.code());
        for refusing in [Response::new(200), answer("*"), answer("https://app.example.com")] {
            assert_eq!(refusing.warning_about(&stranger), None, "{}", stranger.code());
        }
    }
}
