//! Behind a real nginx that caches. That of Debian 12 (1.22) reads the last `Vary` line only, so there must be one (SRV-32).

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use actix_web::http::header;
use actix_web::middleware::{Compress, DefaultHeaders};
use actix_web::{App, HttpResponse, HttpServer, web};
use cors_actix::{Cors, cors_policy};
use cors_tests::wire::{Reply, exchange, serve};

const PAGES: Cors = cors_policy! { origins: ["https://a.example", "https://b.example"], credentials: true };

/// An nginx in a folder of its own, which is stopped and removed when this is dropped.
struct Nginx {
    process: Child,
    folder: PathBuf,
    port: u16,
}

impl Nginx {
    fn start(upstream: std::net::SocketAddr) -> Self {
        let folder = std::env::temp_dir().join(format!("cors-nginx-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder can be made");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port is free").port();
        let configuration = folder.join("nginx.conf");
        fs::write(&configuration, text(&folder, port, upstream)).expect("a file can be written");
        let process = Command::new("nginx")
            .arg("-c")
            .arg(&configuration)
            .arg("-p")
            .arg(&folder)
            .stderr(Stdio::null())
            .spawn()
            .expect("./test installs nginx: on Debian, apt-get install nginx-light");
        let nginx = Self { process, folder, port };
        nginx.wait();
        nginx
    }

    /// Waits until it listens.
    fn wait(&self) {
        let begin = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(begin.elapsed() < Duration::from_secs(30), "nginx listens");
            std::thread::yield_now();
        }
    }

    fn ask(&self, origin: &str, encoding: &str) -> Reply {
        let request = format!(
            "GET /notes HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nOrigin: {origin}\r\nAccept-Encoding: {encoding}\r\n\r\n"
        );
        exchange(([127, 0, 0, 1], self.port).into(), request.as_bytes())
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn text(folder: &Path, port: u16, upstream: std::net::SocketAddr) -> String {
    let folder = folder.display();
    format!(
        r#"
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    proxy_cache_path {folder}/cache keys_zone=notes:1m;
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://{upstream};
            proxy_http_version 1.1;
            proxy_cache notes;
            proxy_cache_valid 200 1h;
            add_header X-Cache $upstream_cache_status always;
        }}
    }}
}}
"#
    )
}

#[test]
fn a_cache_hands_nobody_the_answer_for_another_origin_or_encoding() {
    let upstream = serve(|| {
        let server = HttpServer::new(|| {
            App::new()
                .wrap(Compress::default())
                // `Compress` says so of what it has compressed only.
                .wrap(DefaultHeaders::new().add((header::VARY, "accept-encoding")))
                .wrap(PAGES)
                .route("/notes", web::get().to(|| async { HttpResponse::Ok().body("a note. ".repeat(500)) }))
        });
        let server = server.workers(1).disable_signals().bind("127.0.0.1:0").expect("a port is free");
        (server.addrs()[0], server.run())
    });
    let nginx = Nginx::start(upstream);
    let asked = [
        ("https://a.example", "gzip"),
        ("https://b.example", "gzip"),
        ("https://a.example", "identity"),
        ("https://b.example", "identity"),
        ("https://evil.example", "gzip"),
    ];
    // The second time all of them come out of the cache.
    for hit in ["MISS", "HIT"] {
        for (origin, encoding) in asked {
            let reply = nginx.ask(origin, encoding);
            let text = |name| reply.value(name).map(|value| String::from_utf8_lossy(value).into_owned());
            assert_eq!(text("x-cache").as_deref(), Some(hit), "{origin} {encoding}");
            let mut expected = vec!["vary: accept-encoding, origin".to_owned()];
            if origin != "https://evil.example" {
                expected.insert(0, format!("access-control-allow-origin: {origin}"));
                expected.insert(0, "access-control-allow-credentials: true".to_owned());
            }
            assert_eq!(reply.cors(), expected, "{hit} {origin} {encoding}");
            assert_eq!(
                text("content-encoding"),
                (encoding == "gzip").then(|| "gzip".to_owned()),
                "{hit} {origin} {encoding}"
            );
        }
    }
}
