//! What an editor offers in `cors_policy!`. rust-analyzer is asked as an editor asks it: by messages of the Language Server Protocol.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use cors_core::Key;
use cors_tests::Package;
use serde_json::{Value, json};

const METHODS: &[&str] = &["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

/// A package that is open in an editor.
struct Editor {
    server: Child,
    input: ChildStdin,
    output: Receiver<Value>,
    file: String,
    /// The number of the last request or version.
    last: u64,
}

impl Editor {
    fn open() -> Self {
        let directory = env!("CARGO_TARGET_TMPDIR");
        let name = "in_an_editor";
        let source = program("").0;
        Package::of_text(directory, name, &source).expect("the package is written");
        let analyzer = Path::new(env!("CARGO")).with_file_name("rust-analyzer");
        let mut server = Command::new(&analyzer)
            .current_dir(Path::new(directory).join(name))
            .env("CARGO_TARGET_DIR", Path::new(directory).join("target"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}; rustup component add rust-analyzer", analyzer.display()));
        let input = server.stdin.take().expect("the input is a pipe");
        let pipe = BufReader::new(server.stdout.take().expect("the output is a pipe"));
        let (messages, output) = channel();
        thread::spawn(move || forward(pipe, &messages));
        let file = format!("file://{directory}/{name}.rs");
        let mut editor = Self { server, input, output, file, last: 0 };
        editor.ask(
            "initialize",
            json!({
                "processId": null,
                "rootUri": format!("file://{directory}/{name}"),
                "capabilities": { "experimental": { "serverStatusNotification": true } },
                "initializationOptions": { "checkOnSave": false },
            }),
        );
        editor.tell("initialized", json!({}));
        let document = json!({ "uri": editor.file, "languageId": "rust", "version": 0, "text": source });
        editor.tell("textDocument/didOpen", json!({ "textDocument": document }));
        editor.until(|message| {
            let is_ready = message["params"]["quiescent"] == true;
            (message["method"] == "experimental/serverStatus" && is_ready).then_some(())
        });
        editor
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("rust-analyzer reads");
    }

    fn tell(&mut self, method: &str, parameters: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": parameters }));
    }

    fn until<T>(&mut self, found: impl Fn(&Value) -> Option<T>) -> T {
        loop {
            let message = self.output.recv_timeout(Duration::from_secs(600)).expect("rust-analyzer goes on");
            if let Some(found) = found(&message) {
                return found;
            }
        }
    }

    /// The result of a request, asked again where something came between.
    fn ask(&mut self, method: &str, parameters: Value) -> Value {
        loop {
            self.last += 1;
            let id = self.last;
            self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": parameters }));
            let answer = self.until(|message| (message["id"] == id).then(|| message.clone()));
            let Some(error) = answer.get("error") else {
                return answer["result"].clone();
            };
            assert!([-32801, -32802].map(Value::from).contains(&error["code"]), "{error}");
        }
    }

    /// The result of a request at the `|` of a policy.
    fn at(&mut self, policy: &str, method: &str) -> Value {
        let (text, position) = program(policy);
        self.last += 1;
        let document = json!({ "uri": self.file, "version": self.last });
        let changes = json!({ "textDocument": document, "contentChanges": [{ "text": text }] });
        self.tell("textDocument/didChange", changes);
        self.ask(method, json!({ "textDocument": { "uri": self.file }, "position": position }))
    }

    /// What is offered at the `|` of a policy. All of it is documented.
    fn offered(&mut self, policy: &str) -> Vec<String> {
        let result = self.at(policy, "textDocument/completion");
        let items = result["items"].as_array().cloned().unwrap_or_default();
        let label = |item: &Value| {
            let documentation = item["documentation"].to_string();
            assert!(documentation.len() > 20, "{policy}: {item}");
            item["label"].as_str().unwrap_or_default().to_owned()
        };
        let mut labels: Vec<_> = items.iter().map(label).collect();
        labels.sort();
        labels
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        drop(self.server.kill());
        drop(self.server.wait());
    }
}

/// Sends on each message that the server writes.
fn forward(mut pipe: impl BufRead, messages: &Sender<Value>) -> Option<()> {
    loop {
        let mut length = 0;
        let mut line = String::new();
        while pipe.read_line(&mut line).ok()? > 2 {
            if let Some(number) = line.strip_prefix("Content-Length: ") {
                length = number.trim_end().parse().ok()?;
            }
            line.clear();
        }
        let mut text = vec![0; length];
        pipe.read_exact(&mut text).ok()?;
        messages.send(serde_json::from_slice(&text).ok()?).ok()?;
    }
}

/// A program with a policy, and where its `|` stands.
fn program(policy: &str) -> (String, Value) {
    let (before, after) = policy.split_once('|').unwrap_or((policy, ""));
    let before = format!("const CORS: cors_actix::Cors = cors_actix::cors_policy! {{{before}");
    let line = before.rsplit('\n').next().unwrap_or_default();
    let position = json!({ "line": before.matches('\n').count(), "character": line.len() });
    (format!("{before}{after}}};\n\nfn main() {{\n    println!(\"{{CORS:?}}\");\n}}\n"), position)
}

#[test]
fn an_editor_completes_and_explains_keys_and_values() {
    let mut editor = Editor::open();
    let mut keys: Vec<_> = Key::ALL.iter().map(Key::name).collect();
    keys.sort_unstable();
    let rows: [(&str, &[&str]); _] = [
        ("|", &keys),
        ("\n    |\n", &keys),
        ("cre|", &keys),
        ("\n    origins: [\"https://app.example.com\"],\n    o|\n", &keys),
        ("\n    origins: [\"https://app.example.com\"],\n    |\n", &keys),
        ("\n    origins: [\"https://app.example.com\"],\n    |\n    methods: [PUT],\n", &keys),
        ("\n    origins: [\"https://app.example.com\"]\n    c|\n    methods: [PUT],\n", &keys),
        ("\n    origins: [\"https://app.example.com\"]\n    |\n", &keys),
        ("rules: [{ m| }]", &keys),
        ("rules: [{ origins: [\"https://app.example.com\"] }, { origins: \"*\", | }]", &keys),
        ("origins: \"*\", methods: [P|]", METHODS),
        ("origins: \"*\", methods: [|]", METHODS),
        ("rules: [{ origins: \"*\", methods: [PUT, |], max_age: 1h }]", METHODS),
        ("origins: \"*\", on_denied: r|", &["forward", "reject"]),
        ("origins: \"*\", on_denied: |,\n    credentials: false", &["forward", "reject"]),
        ("origins: \"*\", dangerously_allow: [i|]", &["insecure_origins", "public_suffix_wildcards"]),
        ("origins: \"*\", dangerously_allow: [insecure_origins, |]", &["insecure_origins", "public_suffix_wildcards"]),
        ("origins: n|", &["none"]),
    ];
    for (policy, offered) in rows {
        assert_eq!(editor.offered(policy), offered, "{policy}");
    }
    for (policy, path, words) in [
        ("origins: [\"https://app.example.com\"], cred|entials: true", "cors_actix::keys", "with cookies"),
        ("origins: \"*\", methods: [P|UT]", "cors_actix::values::methods", "Replaces a resource"),
        ("origins: [\"https://app.example.com\"], on_denied: rej|ect", "cors_actix::values::on_denied", "gets 403"),
        (
            "origins: [\"http://a.example\"], credentials: true, dangerously_allow: [insecure|_origins]",
            "cors_actix::values::dangerously_allow",
            "on the network",
        ),
    ] {
        let shown = editor.at(policy, "textDocument/hover")["contents"].to_string();
        assert!(shown.contains(path) && shown.contains(words), "{policy}: {shown}");
    }
    // Nor is a method underlined that it does not know.
    let found = editor.at("origins: \"*\", methods: [PURGE|]", "textDocument/diagnostic");
    assert_eq!(found["items"], json!([]));
}
