//! The example `per_scope`, as raw bytes over TCP to the program itself.

use cors_tests::example::Example;
use cors_tests::service::owned;
use cors_tests::wire::{exchange, request};

const ADMIN: &str = "https://admin.example.com";
const SHOP: &str = "https://shop.example";
const STRANGER: &str = "https://evil.example";

const PUBLIC_GRANTED: &[&str] = &["access-control-allow-origin: *", "access-control-expose-headers: ETag"];
const PUBLIC_PREFLIGHT: &[&str] =
    &["access-control-allow-headers: If-None-Match", "access-control-allow-origin: *", "access-control-max-age: 86400"];
const ADMIN_GRANTED: &[&str] = &[
    "access-control-allow-credentials: true",
    "access-control-allow-origin: https://admin.example.com",
    "vary: origin",
];
const ADMIN_PREFLIGHT: &[&str] = &[
    "access-control-allow-credentials: true",
    "access-control-allow-headers: Content-Type",
    "access-control-allow-methods: PUT",
    "access-control-allow-origin: https://admin.example.com",
    "access-control-max-age: 600",
    "vary: origin",
];
const SHOPS_GRANTED: &[&str] = &["access-control-allow-origin: https://shop.example", "vary: origin"];
const SHOPS_PREFLIGHT: &[&str] = &[
    "access-control-allow-headers: Content-Type",
    "access-control-allow-origin: https://shop.example",
    "vary: origin",
];
const REFUSED: &[&str] = &["vary: origin"];
const NO_POLICY: &[&str] = &[];

#[test]
fn each_scope_resource_and_method_answers_by_its_own_policy() {
    let example = Example::start("per_scope", &[]);
    for (path, method, origin, status, granted, body, preflight, preflight_granted) in [
        ("/public/prices", "GET", ADMIN, 200, PUBLIC_GRANTED, "the prices\n", 204, PUBLIC_PREFLIGHT),
        ("/public/prices", "GET", STRANGER, 200, PUBLIC_GRANTED, "the prices\n", 204, PUBLIC_PREFLIGHT),
        ("/public/nowhere", "GET", STRANGER, 404, PUBLIC_GRANTED, "", 204, PUBLIC_PREFLIGHT),
        ("/admin/prices", "PUT", ADMIN, 200, ADMIN_GRANTED, "new prices\n", 204, ADMIN_PREFLIGHT),
        ("/admin/prices", "PUT", SHOP, 200, REFUSED, "new prices\n", 403, REFUSED),
        ("/orders", "POST", SHOP, 200, SHOPS_GRANTED, "ordered\n", 204, SHOPS_PREFLIGHT),
        ("/orders", "POST", ADMIN, 200, REFUSED, "ordered\n", 403, REFUSED),
        ("/orders", "DELETE", SHOP, 405, SHOPS_GRANTED, "", 204, SHOPS_PREFLIGHT),
        ("/status", "GET", STRANGER, 200, PUBLIC_GRANTED, "open\n", 204, PUBLIC_PREFLIGHT),
        ("/status", "PUT", ADMIN, 200, ADMIN_GRANTED, "closed\n", 204, ADMIN_PREFLIGHT),
        ("/status", "PUT", STRANGER, 200, REFUSED, "closed\n", 403, REFUSED),
        ("/status", "DELETE", ADMIN, 404, NO_POLICY, "", 404, NO_POLICY),
        ("/nowhere", "GET", ADMIN, 404, NO_POLICY, "", 404, NO_POLICY),
    ] {
        let what = format!("{method} {path} from {origin}");
        let origin = ("Origin", origin.as_bytes());
        let reply = exchange(example.address, &request(method.as_bytes(), path, &[origin]));
        let body_found = String::from_utf8_lossy(&reply.body);
        assert_eq!((reply.status, reply.cors(), &*body_found), (status, owned(granted), body), "{what}");

        let asks = ("Access-Control-Request-Method", method.as_bytes());
        let reply = exchange(example.address, &request(b"OPTIONS", path, &[origin, asks]));
        assert_eq!(
            (reply.status, reply.cors(), reply.body.as_slice()),
            (preflight, owned(preflight_granted), b"".as_slice()),
            "preflight for {what}"
        );
    }
}
