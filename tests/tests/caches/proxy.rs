//! A cache in front of a server.

use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use cors_tests::wire::{Reply, exchange};

const CONFIGURATION: &str = "configuration";

/// One in a folder of its own, which is stopped and removed when this is dropped.
pub(crate) struct Proxy {
    process: Child,
    folder: PathBuf,
    port: u16,
}

impl Proxy {
    pub(crate) fn nginx(upstream: SocketAddr, reads_vary: bool) -> Self {
        let configuration = |folder: &Path, port| nginx(folder, port, upstream, reads_vary);
        Self::start("nginx", configuration, |command, folder, _| {
            command.arg("-c").arg(folder.join(CONFIGURATION)).arg("-p").arg(folder)
        })
    }

    pub(crate) fn varnish(upstream: SocketAddr, reads_vary: bool) -> Self {
        let configuration = |_: &Path, _| varnish(upstream, reads_vary);
        Self::start("varnishd", configuration, |command, folder, port| {
            // As encoded as the application's answer is.
            command.args(["-F", "-j", "none", "-s", "malloc,16m", "-p", "http_gzip_support=off"]);
            command
                .arg("-n")
                .arg(folder.join("work"))
                .arg("-f")
                .arg(folder.join(CONFIGURATION))
                .arg(format!("-a127.0.0.1:{port}"))
        })
    }

    fn start(
        program: &str,
        configuration: impl Fn(&Path, u16) -> String,
        arguments: impl for<'c> Fn(&'c mut Command, &Path, u16) -> &'c mut Command,
    ) -> Self {
        static STARTED: AtomicUsize = AtomicUsize::new(0);
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("cors-{program}-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder can be made");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port is free").port();
        fs::write(folder.join(CONFIGURATION), configuration(&folder, port)).expect("a file can be written");
        let process = arguments(&mut Command::new(program), &folder, port)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("./test installs {program}: {error}"));
        let proxy = Self { process, folder, port };
        let begin = Instant::now();
        while TcpStream::connect(("127.0.0.1", proxy.port)).is_err() {
            assert!(begin.elapsed() < Duration::from_secs(30), "{program} listens");
            std::thread::yield_now();
        }
        proxy
    }

    /// Asks for `/notes` with these header lines.
    pub(crate) fn ask(&self, lines: &str) -> Reply {
        let request = format!("GET /notes HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{lines}\r\n");
        exchange(([127, 0, 0, 1], self.port).into(), request.as_bytes())
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn nginx(folder: &Path, port: u16, upstream: SocketAddr, reads_vary: bool) -> String {
    let folder = folder.display();
    let ignored = if reads_vary { "" } else { "proxy_ignore_headers Vary;" };
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
            {ignored}
            add_header X-Cache $upstream_cache_status always;
        }}
    }}
}}
"#
    )
}

fn varnish(upstream: SocketAddr, reads_vary: bool) -> String {
    let (host, port) = (upstream.ip(), upstream.port());
    let forgets = if reads_vary { "" } else { "unset beresp.http.Vary;" };
    format!(
        r#"
vcl 4.1;
backend application {{
    .host = "{host}";
    .port = "{port}";
}}
sub vcl_backend_response {{
    {forgets}
}}
sub vcl_deliver {{
    if (obj.hits > 0) {{
        set resp.http.X-Cache = "HIT";
    }} else {{
        set resp.http.X-Cache = "MISS";
    }}
}}
"#
    )
}
