//! The example `tenants`: an administrator adds and removes origins while it serves, and the database holds them.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::{env, fs, process};

use cors_tests::example::Example;
use cors_tests::service::owned;
use cors_tests::wire::{Reply, exchange, request};
use rusqlite::Connection;

const TENANT: &str = "https://app.acme.example";
const TOKEN: &str = "correct-horse";

/// A file for a database, removed with this value.
struct File(PathBuf);

impl File {
    fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("tenants-{}-{name}.sqlite", process::id()));
        let _ = fs::remove_file(&path);
        Self(path)
    }

    fn start(&self) -> Example {
        Example::start("tenants", &["--token", TOKEN, "--database", self.0.to_str().expect("a path of text")])
    }

    /// The rows as another program finds them.
    fn rows(&self) -> Vec<(String, String)> {
        let connection = Connection::open(&self.0).expect("the example has made the file");
        let mut rows = connection.prepare("select tenant, origin from origins order by origin").expect("a table");
        rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("rows").map(|row| row.expect("a row")).collect()
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn administer(address: SocketAddr, method: &str, tenant: &str, origin: &str, token: &str) -> Reply {
    let path = format!("/admin/tenants/{tenant}?origin={origin}");
    let authorization = format!("Bearer {token}");
    exchange(address, &request(method.as_bytes(), &path, &[("Authorization", authorization.as_bytes())]))
}

/// What a page of this origin gets: an actual request, and a preflight.
fn ask(address: SocketAddr, origin: &str) -> [(u16, Vec<String>); 2] {
    let lines = [("Origin", origin.as_bytes()), ("Access-Control-Request-Method", b"PUT")];
    [(b"GET".as_slice(), &lines[..1]), (b"OPTIONS", &lines)].map(|(method, lines)| {
        let reply = exchange(address, &request(method, "/api/greeting", lines));
        (reply.status, reply.cors())
    })
}

fn granted(origin: &str) -> [(u16, Vec<String>); 2] {
    let allow_origin = format!("access-control-allow-origin: {origin}");
    let actual = ["access-control-allow-credentials: true", &allow_origin, "vary: origin"];
    let preflight = [
        "access-control-allow-credentials: true",
        "access-control-allow-headers: Content-Type",
        "access-control-allow-methods: PUT",
        &allow_origin,
        "access-control-max-age: 600",
        "vary: origin",
    ];
    [(200, owned(&actual)), (204, owned(&preflight))]
}

fn refused() -> [(u16, Vec<String>); 2] {
    [(200, owned(&["vary: origin"])), (403, owned(&["vary: origin"]))]
}

#[test]
fn an_origin_may_read_from_when_it_is_added_until_it_is_removed() {
    let file = File::new("change");
    let example = file.start();
    let address = example.address;
    assert_eq!(ask(address, TENANT), refused());

    assert_eq!(administer(address, "PUT", "acme", TENANT, TOKEN).status, 204);
    assert_eq!(ask(address, TENANT), granted(TENANT));
    assert_eq!(ask(address, "https://other.example"), refused());
    assert_eq!(file.rows(), [("acme".to_owned(), TENANT.to_owned())]);

    assert_eq!(administer(address, "DELETE", "acme", TENANT, TOKEN).status, 204);
    assert_eq!(ask(address, TENANT), refused());
    assert_eq!(file.rows(), []);
}

/// Firefox makes up an id in each installation, so no list can hold it.
#[test]
fn one_installation_of_an_extension_may_be_a_tenant() {
    let extension = "moz-extension://6f0ac5a3-1a5b-4d3c-9f51-3ad0c4a3e7b1";
    let file = File::new("extension");
    let example = file.start();
    assert_eq!(ask(example.address, extension), refused());
    assert_eq!(administer(example.address, "PUT", "acme", extension, TOKEN).status, 204);
    assert_eq!(ask(example.address, extension), granted(extension));
    assert_eq!(ask(example.address, "moz-extension://00000000-1a5b-4d3c-9f51-3ad0c4a3e7b1"), refused());
}

#[test]
fn the_database_outlives_the_program() {
    let file = File::new("restart");
    let example = file.start();
    assert_eq!(administer(example.address, "PUT", "acme", TENANT, TOKEN).status, 204);
    drop(example);
    assert_eq!(ask(file.start().address, TENANT), granted(TENANT));
}

#[test]
fn only_the_administrator_changes_anything() {
    let file = File::new("token");
    let example = file.start();
    for token in ["", "correct-horsf", "correct-horse-", "correct-hors"] {
        for method in ["PUT", "DELETE"] {
            let reply = administer(example.address, method, "acme", TENANT, token);
            assert_eq!((reply.status, reply.value("www-authenticate")), (401, Some(b"Bearer".as_slice())), "{token:?}");
        }
    }
    let path = format!("/admin/tenants/acme?origin={TENANT}");
    assert_eq!(exchange(example.address, &request(b"PUT", &path, &[])).status, 401);
    assert_eq!(file.rows(), []);
}

#[test]
fn no_page_may_administer() {
    let file = File::new("page");
    let example = file.start();
    assert_eq!(administer(example.address, "PUT", "acme", TENANT, TOKEN).status, 204);
    let lines = [("Origin", TENANT.as_bytes()), ("Access-Control-Request-Method", b"PUT".as_slice())];
    let reply = exchange(example.address, &request(b"OPTIONS", "/admin/tenants/acme", &lines));
    assert_eq!(reply.cors(), [""; 0], "the routes of the administrator have no policy");
}

#[test]
fn a_mistaken_origin_is_not_added_and_the_answer_says_what_to_write() {
    let file = File::new("mistake");
    let example = file.start();
    for (mistaken, says) in [
        ("https://app.acme.example/", "help: write \"https://app.acme.example\""),
        ("https://App.acme.example", "help: write \"https://app.acme.example\""),
        ("http://app.acme.example", "credentials"),
        ("https://*.acme.example", "\"https://*.acme.example\""),
        ("null", "\"null\""),
        ("*", "credentials"),
    ] {
        let reply = administer(example.address, "PUT", "acme", mistaken, TOKEN);
        let body = String::from_utf8_lossy(&reply.body);
        assert_eq!(reply.status, 400, "{mistaken}: {body}");
        assert!(body.contains(says), "{mistaken}: {body}");
    }
    assert_eq!(file.rows(), []);
}

#[test]
fn an_origin_belongs_to_one_tenant() {
    let file = File::new("owner");
    let example = file.start();
    assert_eq!(administer(example.address, "PUT", "acme", TENANT, TOKEN).status, 204);
    assert_eq!(administer(example.address, "PUT", "acme", TENANT, TOKEN).status, 204, "it is there already");
    assert_eq!(administer(example.address, "PUT", "other", TENANT, TOKEN).status, 409);
    assert_eq!(administer(example.address, "DELETE", "other", TENANT, TOKEN).status, 404);
    assert_eq!(ask(example.address, TENANT), granted(TENANT));
    assert_eq!(file.rows(), [("acme".to_owned(), TENANT.to_owned())]);
}
