//! Starts the servers of `tests/bed/situations`.

use std::collections::HashMap;
use std::env;
use std::fs;
use std::io::{self, BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;

const INSTALL: &str = "./test installs it: apt-get install nodejs npm python3-venv nginx-light apache2 caddy haproxy";

/// A program that takes its ports from a file.
struct Program {
    /// The command; the file follows it.
    words: &'static [&'static str],
    file: &'static str,
    /// What it writes to standard error when it listens.
    ready: &'static str,
}

const PROGRAMS: [Program; 4] = [
    Program { words: &["nginx", "-c"], file: "nginx.conf", ready: "getrlimit(" },
    Program { words: &["apache2", "-X", "-f"], file: "apache.conf", ready: "start_threads" },
    Program {
        words: &["caddy", "run", "--adapter", "caddyfile", "--config"],
        file: "Caddyfile",
        ready: "serving initial configuration",
    },
    // Only its master process says when it listens.
    Program { words: &["haproxy", "-W", "-db", "-f"], file: "haproxy.cfg", ready: "Loading success" },
];

/// Another process can take a free port before the program does.
const MOST_TRIES: usize = 5;

/// All servers, each by `name state` with its port. They end with this value.
pub(crate) struct Servers {
    ports: HashMap<String, u16>,
    processes: Vec<Child>,
    folder: PathBuf,
}

impl Servers {
    /// Starts them for pages of this origin.
    pub(crate) fn start(origin: &str) -> Self {
        let folder = env::temp_dir().join(format!("cors-situations-{}", std::process::id()));
        fs::create_dir_all(folder.join("files/folder")).expect("a folder can be made");
        fs::write(folder.join("files/notes"), "{}").expect("a file can be written");
        fs::write(folder.join("files/folder/index.html"), "<!doctype html>").expect("a file can be written");
        fs::write(folder.join("none"), "").expect("a file can be written");
        let mut servers = Self { ports: HashMap::new(), processes: Vec::new(), folder };
        let node = home("node");
        let python = home("python").join("bin/python");
        let starting = [
            servers.spawn(Command::new("node").arg(source("node.mjs")).arg(node).arg(origin)),
            servers.spawn(Command::new(python).arg(source("python.py")).arg(origin).env("PYTHONHASHSEED", "0")),
        ];
        for lines in starting {
            servers.read(lines);
        }
        for program in &PROGRAMS {
            servers.run(program, origin);
        }
        servers
    }

    /// The address of a path of a server.
    pub(crate) fn url(&self, server: &str, path: &str) -> String {
        let port = self.ports.get(server).unwrap_or_else(|| panic!("there is no {server}"));
        format!("http://127.0.0.1:{port}{path}")
    }

    /// The address of the same, behind a cache.
    pub(crate) fn cached(&self, server: &str, path: &str) -> String {
        self.url("cache", &format!("/{}{path}", self.ports[server]))
    }

    /// Starts a program that names its ports.
    fn spawn(&mut self, command: &mut Command) -> BufReader<std::process::ChildStdout> {
        let mut child = spawned(command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()));
        let output = child.stdout.take().expect("the output is a pipe");
        self.processes.push(child);
        BufReader::new(output)
    }

    /// Starts a program, with other ports where one of its ports is in use.
    fn run(&mut self, program: &Program, origin: &str) {
        let mut said = String::new();
        for _ in 0..MOST_TRIES {
            let known = self.ports.clone();
            let file = self.fill(program.file, origin);
            let mut command = Command::new(program.words[0]);
            command.args(&program.words[1..]).arg(file).env("HOME", &self.folder);
            let mut child = spawned(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()));
            let mut errors = BufReader::new(child.stderr.take().expect("standard error is a pipe"));
            self.processes.push(child);
            said = said_until(&mut errors, program.ready);
            if said.contains(program.ready) {
                // A full pipe stops the program.
                thread::spawn(move || io::copy(&mut errors, &mut io::sink()));
                return;
            }
            if !said.to_ascii_lowercase().contains("address already in use") {
                break;
            }
            self.ports = known;
        }
        panic!("{} does not start:\n{said}", program.words[0]);
    }

    /// Reads `name state port`, until the program is ready.
    fn read(&mut self, mut output: BufReader<std::process::ChildStdout>) {
        let mut line = String::new();
        loop {
            line.clear();
            let length = output.read_line(&mut line).expect("the output is text");
            assert!(length > 0, "a program ends before it is ready, with {:?}", self.ports);
            match line.trim().rsplit_once(' ') {
                Some((name, port)) => {
                    self.ports.insert(name.to_owned(), port.parse().expect("a port"));
                }
                None => break,
            }
        }
        // Those that are processes of their own name themselves later.
        thread::spawn(move || io::copy(&mut output, &mut io::sink()));
    }

    /// Writes a configuration with ports in place of `@name state@`.
    fn fill(&mut self, name: &str, origin: &str) -> PathBuf {
        let text = fs::read_to_string(source(name)).expect("the file is there");
        let text = text.replace("@folder@", &self.folder.to_string_lossy()).replace("@page@", origin);
        let text = text.replace("@modules@", "/usr/lib/apache2/modules");
        let mut taken = Vec::new();
        let mut filled = String::new();
        for (place, part) in text.split('@').enumerate() {
            // Every other part stands between two of these.
            if place % 2 == 0 {
                filled.push_str(part);
                continue;
            }
            let port = *self.ports.entry(part.to_owned()).or_insert_with(|| {
                let free = TcpListener::bind("127.0.0.1:0").expect("a port is free");
                let port = free.local_addr().expect("it has an address").port();
                taken.push(free);
                port
            });
            filled.push_str(&port.to_string());
        }
        let path = self.folder.join(name);
        fs::write(&path, filled).expect("a file can be written");
        path
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        for process in &mut self.processes {
            let _ = process.kill();
            let _ = process.wait();
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn source(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("bed/situations").join(name)
}

/// Where `scripts/bed` installs.
fn home(name: &str) -> PathBuf {
    let target = env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let home = target.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../target")).join("bed").join(name);
    assert!(home.join("installed").is_file(), "scripts/bed {name} installs what the servers need");
    home
}

fn spawned(command: &mut Command) -> Child {
    let program = command.get_program().to_string_lossy().into_owned();
    command.spawn().unwrap_or_else(|error| panic!("{program} does not start: {error}. {INSTALL}"))
}

/// The lines up to the one with this text, or all of them.
fn said_until(lines: &mut impl BufRead, text: &str) -> String {
    let mut said = String::new();
    while !said.contains(text) && lines.read_line(&mut said).expect("the output is text") > 0 {}
    said
}
