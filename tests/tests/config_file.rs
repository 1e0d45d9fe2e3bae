//! The example `config_file`: its policy changes with the file, and an edit with mistakes changes nothing.

use std::path::PathBuf;
use std::process::Command;
use std::{env, fs, process};

use cors_tests::example::{Example, build};
use cors_tests::service::owned;
use cors_tests::wire::{exchange, request};

/// A folder with the file, removed with this value.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("config-file-{}-{name}", process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir(&path).expect("a folder can be made");
        Self(path)
    }

    fn file(&self) -> PathBuf {
        self.0.join("settings.toml")
    }

    /// Writes the file in place.
    fn write(&self, text: &str) {
        fs::write(self.file(), text).expect("the file can be written");
    }

    /// Puts another file in its place, as many editors do.
    fn replace(&self, text: &str) {
        let other = self.0.join("settings.toml~");
        fs::write(&other, text).expect("a file can be written");
        fs::rename(other, self.file()).expect("it can take the place of the old one");
    }

    fn start(&self) -> Example {
        Example::start("config_file", &["--file", self.file().to_str().expect("a path of text")])
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn settings(origin: &str) -> String {
    format!("[cors]\norigins = [\"{origin}\"]\n")
}

/// The CORS headers that a page of this origin gets.
fn ask(example: &Example, origin: &str) -> Vec<String> {
    exchange(example.address, &request(b"GET", "/", &[("Origin", origin.as_bytes())])).cors()
}

fn granted(origin: &str) -> Vec<String> {
    owned(&[&format!("access-control-allow-origin: {origin}"), "vary: origin"])
}

fn refused() -> Vec<String> {
    owned(&["vary: origin"])
}

#[test]
fn the_policy_changes_with_the_file() {
    let folder = Folder::new("change");
    folder.write(&settings("https://one.example"));
    let mut example = folder.start();
    assert_eq!(ask(&example, "https://one.example"), granted("https://one.example"));

    folder.write(&settings("https://two.example"));
    example.read_until("the policy is now");
    example.read_until("origins: [\"https://two.example\"],");
    assert_eq!(ask(&example, "https://one.example"), refused());
    assert_eq!(ask(&example, "https://two.example"), granted("https://two.example"));

    folder.replace(&settings("https://three.example"));
    example.read_until("origins: [\"https://three.example\"],");
    assert_eq!(ask(&example, "https://two.example"), refused());
    assert_eq!(ask(&example, "https://three.example"), granted("https://three.example"));
}

#[test]
fn an_edit_with_mistakes_is_reported_and_changes_nothing() {
    let folder = Folder::new("mistake");
    folder.write(&settings("https://one.example"));
    let mut example = folder.start();

    folder.replace("[cors]\norigin = [\"https://two.example/\"]\nmax_age = \"2 d\"\n");
    let file = folder.file().display().to_string();
    for line in [
        "the policy stays as it was: 3 mistakes in the CORS policy".to_owned(),
        format!("  {file}: cors.origin[0]: \"https://two.example/\" ends with a slash"),
        "    help: write \"https://two.example\"".to_owned(),
        format!("  {file}: cors.max_age: `max_age` = \"2 d\" is not a duration"),
        format!("  {file}: cors.origin: a policy has no key `origin`"),
    ] {
        example.read_until(&line);
    }
    assert_eq!(ask(&example, "https://one.example"), granted("https://one.example"));
    assert_eq!(ask(&example, "https://two.example"), refused());

    folder.replace("[cors\n");
    example.read_until("the policy stays as it was: ");
    assert_eq!(ask(&example, "https://one.example"), granted("https://one.example"));

    folder.replace(&settings("https://two.example"));
    example.read_until("origins: [\"https://two.example\"],");
    assert_eq!(ask(&example, "https://two.example"), granted("https://two.example"));
}

#[test]
fn it_starts_with_a_policy_where_no_file_is_named() {
    let example = Example::start("config_file", &[]);
    let app = "https://app.example.com";
    let expected = [
        "access-control-allow-credentials: true",
        "access-control-allow-origin: https://app.example.com",
        "access-control-expose-headers: X-Request-Id",
        "vary: origin",
    ];
    assert_eq!(ask(&example, app), owned(&expected));
}

#[cfg(unix)]
#[test]
fn its_own_file_is_gone_when_it_ends() {
    let mut example = Example::start("config_file", &[]);
    let line = example.read_until("the policy is in ");
    let file = PathBuf::from(line.trim_start_matches("the policy is in "));
    assert!(file.exists(), "{}", file.display());
    // It listens for signals when it serves.
    ask(&example, "https://app.example.com");
    example.interrupt();
    let folder = file.parent().expect("a folder");
    assert!(!folder.exists(), "{} is left behind", folder.display());
}

#[test]
fn a_file_with_mistakes_is_not_served() {
    let folder = Folder::new("start");
    folder.write(&settings("null"));
    let program = build("config_file").expect("the example compiles");
    let output =
        Command::new(program).args(["--port", "0", "--file"]).arg(folder.file()).output().expect("the example runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && output.stdout.is_empty(), "{output:?}");
    assert!(said.contains("cors.origins[0]: \"null\" is the origin of every sandboxed frame"), "{said}");
}
