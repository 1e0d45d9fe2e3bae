//! In a release build it is off, unless somebody says otherwise.

use actix_web::App;
use actix_web::test::{TestRequest, init_service};
use cors_actix::Inspector;
use cors_tests::Package;
use cors_tests::log::lines_of;
use cors_tests::service::{ALLOWED, from, respond};

use super::{KEY, local, state};

fn in_build_with(debug_assertions: bool) -> Inspector {
    Inspector::__in_build_with(debug_assertions).secret(KEY).unwrap()
}

async fn status(inspector: Inspector) -> u16 {
    let app = init_service(App::new().wrap(inspector)).await;
    respond(&app, local("/__cors")).await.status().as_u16()
}

#[actix_web::test]
async fn a_release_build_serves_nothing_and_says_so_once() {
    let lines = lines_of(async {
        let inspector = in_build_with(false);
        assert_eq!(status(inspector.clone()).await, 404, "that of the app");
        assert_eq!(status(inspector).await, 404, "another worker's");
    })
    .await;
    let [line] = lines.as_slice() else { panic!("{lines:?}") };
    assert!(line.contains("WARN cors_actix: the CORS inspector is off in this release build"), "{line}");
}

#[actix_web::test]
async fn a_release_build_keeps_nothing() {
    let off = in_build_with(false);
    let app = init_service(App::new().wrap(off.clone())).await;
    respond(&app, from(ALLOWED, TestRequest::get())).await;
    // Both share what is kept.
    let on = init_service(App::new().wrap(off.even_in_release_builds())).await;
    assert_eq!(state(&on).await["pictures"], serde_json::json!([]));
}

#[actix_web::test]
async fn a_debug_build_serves_it_and_a_release_build_that_says_so() {
    let lines = lines_of(async {
        assert_eq!(status(in_build_with(true)).await, 200);
        assert_eq!(status(in_build_with(false).even_in_release_builds()).await, 200);
    })
    .await;
    let line = " INFO cors_actix: the CORS inspector of this app is at /__cors?key=, with the secret that the app set";
    assert_eq!(lines, [line; 2]);
}

#[actix_web::test]
async fn only_an_inspector_that_is_on_has_an_address() {
    let address = |inspector: Inspector| inspector.address("http://localhost:8080");
    let expected = Some(format!("http://localhost:8080/__cors?key={KEY}"));
    assert_eq!(address(in_build_with(true)), expected);
    assert_eq!(in_build_with(true).address("http://localhost:8080/"), expected);
    assert_eq!(address(in_build_with(false)), None);
    assert_eq!(address(in_build_with(false).even_in_release_builds()), expected);
}

const PROGRAM: &str = r#"
use cors_actix::Inspector;

fn main() {
    println!("{:?}", Inspector::new());
    println!("{:?}", Inspector::new().even_in_release_builds());
}
"#;

#[test]
fn it_is_the_build_of_this_crate_that_counts() {
    let directory = env!("CARGO_TARGET_TMPDIR");
    let package = Package::of_text(directory, "inspector_builds", PROGRAM).expect("the package can be written");
    let package = package.with_features(&["inspector"]).expect("the package can be written");
    for (debug_assertions, is_on) in [(true, true), (false, false)] {
        let mut cargo = package.cargo("run");
        // Of this crate alone, so that nothing else is compiled anew.
        cargo.args(["--config", &format!("profile.dev.package.cors-actix.debug-assertions={debug_assertions}")]);
        let output = cargo.output().expect("cargo runs");
        let printed = String::from_utf8_lossy(&output.stdout);
        let expected = [is_on, true].map(|is_on| format!("Inspector {{ is_on: {is_on}, policies: [], .. }}"));
        assert_eq!(printed.lines().collect::<Vec<_>>(), expected, "{}", String::from_utf8_lossy(&output.stderr));
    }
}
