//! Servers without CORS, and how they run.

use std::env;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use crate::upstream::upstream;

const PATIENCE: Duration = Duration::from_secs(90);
const PLACE: &str = "Here goes what `why --fix` prints.";

/// A server of a stack, in a folder of `tests/bed/bare`.
pub(crate) struct Bare {
    pub(crate) stack: &'static str,
    /// Where `scripts/bed` installs what it needs; empty where the system has it.
    pub(crate) home: &'static str,
    /// The file with the marked place.
    pub(crate) file: &'static str,
    /// Commands, the last of which runs: `@folder@`, `@home@`, `@port@`, `@modules@` and `@upstream@` are replaced, as in the files.
    pub(crate) commands: &'static [&'static [&'static str]],
    /// The command without the fix, where that is another one.
    pub(crate) without: Option<&'static [&'static str]>,
    /// What its answers say of the stack, as `why --fix` shows it; the beginning.
    pub(crate) seen: &'static str,
    pub(crate) notes: &'static str,
    /// What Chromium reads of it by GET and by PUT.
    pub(crate) get: &'static str,
    pub(crate) put: &'static str,
    pub(crate) errors: &'static [(&'static str, &'static str)],
}

/// A server that ends with this value.
pub(crate) struct Running<'b> {
    pub(crate) port: u16,
    bare: &'b Bare,
    name: String,
    fix: Option<String>,
    process: Child,
    log: PathBuf,
}

/// Another process can take a free port before the server does.
const MOST_TRIES: usize = 5;

impl Bare {
    /// Starts it with this text at the marked place, or without.
    pub(crate) fn start(&self, name: &str, fix: Option<&str>) -> Running<'_> {
        let bed = bed(self.home);
        let folder = bed.join(self.home).join(format!("{}-{name}", self.stack));
        // One that was killed left it.
        let _ = fs::remove_dir_all(&folder);
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("it has an address").port();
        drop(listener);
        let fill = |text: &str| {
            let text = text.replace("@folder@", &folder.to_string_lossy()).replace("@port@", &port.to_string());
            let text = text.replace("@home@", &bed.join(self.home).to_string_lossy());
            let text = text.replace("@upstream-port@", &upstream().port().to_string());
            text.replace("@upstream@", &upstream().to_string()).replace("@modules@", modules())
        };
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("bed/bare").join(self.stack), &folder);
        let file = folder.join(self.file);
        let text = fs::read_to_string(&file).expect("the bare server has that file");
        assert!(text.contains(PLACE), "{} has no marked place", self.file);
        match fix {
            None if self.without.is_some() => fs::remove_file(&file).expect("a file can be removed"),
            fix => fs::write(&file, fill(&put(&text, fix.unwrap_or_default()))).expect("a file can be written"),
        }
        let log = folder.join("log");
        let mut commands = self.commands.iter().copied();
        let mut last = commands.next_back().expect("there is a command");
        if fix.is_none() {
            last = self.without.unwrap_or(last);
        }
        let command = |words: &[&str]| {
            let output = File::options().create(true).append(true).open(&log).expect("a file can be written");
            let mut command = Command::new(fill(program(words[0])));
            command.args(words[1..].iter().map(|word| fill(word))).current_dir(&folder);
            command.env("PORT", port.to_string()).env("UPSTREAM", format!("http://{}", upstream()));
            command
                .env("XDG_DATA_HOME", &folder)
                .env("XDG_CONFIG_HOME", &folder)
                .env("GOPATH", "/usr/share/gocode")
                .env("GO111MODULE", "off");
            command.env("GOCACHE", bed.join("go-cache")).env("NEXT_TELEMETRY_DISABLED", "1");
            if fix.is_none() {
                command.env("BARE", "1");
            }
            command.stdin(Stdio::null()).stdout(output.try_clone().expect("a file can be shared")).stderr(output);
            command
        };
        for words in commands {
            let status =
                command(words).status().unwrap_or_else(|error| panic!("{}: {error}; ./test installs it", words[0]));
            assert!(status.success(), "{}, {words:?}: {}", self.stack, fs::read_to_string(&log).unwrap_or_default());
        }
        let process = command(last).spawn().unwrap_or_else(|error| panic!("{}: {error}; ./test installs it", last[0]));
        Running { port, bare: self, name: name.to_owned(), fix: fix.map(str::to_owned), process, log }
    }
}

impl Running<'_> {
    /// Waits until it has the notes at this path: some listen before they have read what they are told. Starts it again where its port
    /// is in use.
    pub(crate) fn serving(mut self, notes: &str) -> Self {
        let mut begin = Instant::now();
        let mut tries = 1;
        while !has(self.port, notes) {
            let ended = self.process.try_wait().expect("a process can be asked");
            let log = fs::read_to_string(&self.log).unwrap_or_default();
            let name = format!("{} {}", self.bare.stack, self.name);
            if ended.is_some() && tries < MOST_TRIES && log.to_ascii_lowercase().contains("address already in use") {
                tries += 1;
                begin = Instant::now();
                self = self.bare.start(&self.name, self.fix.as_deref());
                continue;
            }
            assert!(ended.is_none(), "{name} ended, {ended:?}:\n{log}");
            assert!(begin.elapsed() < PATIENCE, "{name} does not serve:\n{log}");
            // It needs the processor more than the next question does.
            thread::sleep(Duration::from_millis(20));
        }
        self
    }
}

fn has(port: u16, path: &str) -> bool {
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) else { return false };
    // Another program at the port may never answer.
    let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
    let _ = write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    let mut line = [0; 12];
    stream.read_exact(&mut line).is_ok() && line.ends_with(b" 200")
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The text with the fix in place of the line that is marked, as deep as that.
fn put(text: &str, fix: &str) -> String {
    let mut lines = Vec::new();
    for line in text.lines() {
        if line.contains(PLACE) {
            let depth = &line[..line.len() - line.trim_start().len()];
            lines.extend(fix.trim_end().lines().map(|line| format!("{depth}{line}").trim_end().to_owned()));
        } else {
            lines.push(line.to_owned());
        }
    }
    lines.join("\n") + "\n"
}

/// Installs what servers of a kind need, and gives the folder of all kinds.
fn bed(home: &str) -> PathBuf {
    static INSTALLED: OnceLock<()> = OnceLock::new();
    static INSTALLED_20: OnceLock<()> = OnceLock::new();
    static INSTALLED_TRAEFIK: OnceLock<()> = OnceLock::new();
    let target =
        env::current_exe().expect("a test has a place").ancestors().nth(3).expect("a folder of builds").to_owned();
    let install = |names: &[&str]| {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts/bed");
        let status = Command::new(script).args(names).env("CARGO_TARGET_DIR", &target).status().expect("bash runs it");
        assert!(status.success(), "scripts/bed {names:?}: {status}");
    };
    match home {
        "node" | "python" => INSTALLED.get_or_init(|| install(&["node", "python"])),
        "node-20" => INSTALLED_20.get_or_init(|| install(&["node-20"])),
        "traefik" => INSTALLED_TRAEFIK.get_or_init(|| install(&["traefik"])),
        _ => &(),
    };
    target.join("bed")
}

/// Debian's name of Apache is another one.
fn program(name: &str) -> &str {
    let is_there =
        |name: &str| env::var("PATH").is_ok_and(|path| env::split_paths(&path).any(|at| at.join(name).exists()));
    if name == "apache2" && !is_there(name) { "httpd" } else { name }
}

/// Where Apache has its modules.
fn modules() -> &'static str {
    let places = ["/usr/lib/apache2/modules", "/usr/lib64/httpd/modules", "/opt/homebrew/lib/httpd/modules"];
    places.into_iter().find(|place| Path::new(place).exists()).unwrap_or(places[0])
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("there is a bare server").flatten() {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("a file can be copied");
        }
    }
}
