//! Files: whole, in part, unchanged, missing; compressed inside and outside of the policy; under paths that are made normal.

use std::io::Write;
use std::net::SocketAddr;

use actix_files::Files;
use actix_web::middleware::{Compress, NormalizePath, TrailingSlash};
use actix_web::{App, HttpResponse, HttpServer, web};
use cors_tests::service::CORS;
use cors_tests::wire::serve;

use crate::{ask, assert_grants, assert_preflights, server};

/// A folder with one file, which is removed when this is dropped.
struct Folder(std::path::PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("cors-files-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder can be made");
        let mut file = std::fs::File::create(path.join("note.txt")).expect("a file can be made");
        file.write_all(b"a note. ".repeat(1_000).as_slice()).expect("a file can be written");
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn files_have_the_grants_whole_in_part_unchanged_and_missing() {
    let folder = Folder::new("plain");
    let path = folder.0.clone();
    let address = server(move |config| {
        config.service(Files::new("/files", &path));
    });
    let whole = ask(address, "GET", "/files/note.txt", &[]);
    assert_eq!((whole.status, whole.body.len()), (200, 8_000));
    let tag = String::from_utf8(whole.value("etag").expect("a tag").to_vec()).expect("a text");
    for (method, headers, status) in [
        ("GET", vec![], 200),
        ("HEAD", vec![], 200),
        ("GET", vec![("Range", "bytes=0-9")], 206),
        ("GET", vec![("Range", "bytes=9000-")], 416),
        ("GET", vec![("If-None-Match", tag.as_str())], 304),
        ("GET", vec![("If-Match", "\"other\"")], 412),
    ] {
        assert_grants(address, method, "/files/note.txt", &headers, status, "origin");
    }
    assert_grants(address, "GET", "/files/nothing.txt", &[], 404, "origin");
    assert_grants(address, "GET", "/files/../../etc/passwd", &[], 404, "origin");
    assert_preflights(address, "/files/note.txt");
}

fn compressed(inside: bool) -> SocketAddr {
    serve(move || {
        let note = || async { HttpResponse::Ok().content_type("text/plain").body("a note. ".repeat(500)) };
        let start = move |inside: bool| {
            let app = HttpServer::new(move || {
                App::new()
                    .wrap(actix_web::middleware::Condition::new(inside, Compress::default()))
                    .wrap(CORS)
                    .wrap(actix_web::middleware::Condition::new(!inside, Compress::default()))
                    .route("/note", web::get().to(note))
            });
            app.workers(1).disable_signals().bind("127.0.0.1:0").expect("a port is free")
        };
        let server = start(inside);
        (server.addrs()[0], server.run())
    })
}

#[test]
fn what_is_compressed_has_the_grants_on_either_side() {
    for inside in [true, false] {
        let address = compressed(inside);
        let gzip = [("Accept-Encoding", "gzip")];
        assert_grants(address, "GET", "/note", &gzip, 200, "accept-encoding, origin");
        let reply = ask(address, "GET", "/note", &gzip);
        assert_eq!(reply.value("content-encoding"), Some(b"gzip".as_slice()), "{inside}");
        // Inside, `Vary` is one line; outside, a second one is out of the policy's reach (SRV-32).
        let lines = reply.headers.iter().filter(|(name, _)| name == "vary").count();
        assert_eq!(lines, if inside { 1 } else { 2 });
        assert_preflights(address, "/note");
    }
}

#[test]
fn a_path_that_is_made_normal_has_the_policy_of_the_normal_one() {
    let address = serve(|| {
        let server = HttpServer::new(|| {
            let notes = web::scope("/notes").wrap(CORS).route("/x", web::get().to(HttpResponse::Ok));
            App::new().wrap(NormalizePath::new(TrailingSlash::Trim)).service(notes)
        });
        let server = server.workers(1).disable_signals().bind("127.0.0.1:0").expect("a port is free");
        (server.addrs()[0], server.run())
    });
    for path in ["/notes/x", "/notes/x/", "//notes//x"] {
        assert_grants(address, "GET", path, &[], 200, "origin");
        assert_preflights(address, path);
    }
}
