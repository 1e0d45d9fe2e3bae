use actix_web::App;
use cors_actix::{Cors, cors_policy};

const WEB_APP: Cors = cors_policy! { origins: ["https://app.example.com"] };

fn main() {
    let _ = App::new().wrap(WEB_APP.allowed_origin("https://www.example.com").max_age(3600));
    let _ = App::new().wrap(WEB_APP.allowed_origin_fn(|origin, _| origin.as_bytes().ends_with(b".example.com")));
    let _ = App::new().wrap(WEB_APP.allow_any_origin());
    let _ = App::new().wrap(WEB_APP.allowed_methods(vec!["PUT"]));
    let _ = App::new().wrap(WEB_APP.allow_any_method());
    let _ = App::new().wrap(WEB_APP.allowed_headers(["Content-Type"]));
    let _ = App::new().wrap(WEB_APP.allowed_header("Content-Type"));
    let _ = App::new().wrap(WEB_APP.allow_any_header());
    let _ = App::new().wrap(WEB_APP.expose_headers(["ETag"]));
    let _ = App::new().wrap(WEB_APP.expose_any_header());
    let _ = App::new().wrap(WEB_APP.supports_credentials());
    let _ = App::new().wrap(WEB_APP.max_age(None));
    let _ = App::new().wrap(WEB_APP.send_wildcard());
    let _ = App::new().wrap(WEB_APP.disable_vary_header());
    let _ = App::new().wrap(WEB_APP.disable_preflight());
    let _ = App::new().wrap(WEB_APP.block_on_origin_mismatch(true));
    let _ = App::new().wrap(WEB_APP.allow_private_network_access());
}
