//! Listings that other programs read: a shell, node, nginx and Caddy; and those that are run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use cors_listings::markdown::{Listing, Page, pages};
use cors_tests::program::run;
use cors_tests::why::why;

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// Checks every listing of a language, and fails with all that is wrong.
fn each(language: &str, check: impl Fn(&Listing) -> Result<(), String>) {
    let listings = pages(root()).into_iter().flat_map(|path| Page::read(root(), &path).listings);
    let own: Vec<_> = listings.filter(|listing| listing.language == language).collect();
    let wrong: Vec<_> = own
        .iter()
        .filter_map(|listing| check(listing).err().map(|text| format!("{}: {text}", listing.place)))
        .collect();
    println!("{} of {language}", own.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Runs a program of ./test, which must be there.
fn reads(program: &str, arguments: &[&str], input: &str) -> Result<(), String> {
    let found = Command::new("which").arg(program).output().is_ok_and(|output| output.status.success());
    assert!(found, "{program} is missing; ./test installs it");
    let run = run(Command::new(program).args(arguments), input);
    if run.status == 0 { Ok(()) } else { Err(format!("{}{}", run.output, run.errors)) }
}

/// A file in a folder of its own.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str, text: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("cors-listings-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder can be made");
        fs::write(folder.join(name), text).expect("a file can be written");
        Self(folder.join(name))
    }

    fn path(&self) -> &str {
        self.0.to_str().expect("a path is text")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = self.0.parent().map(fs::remove_dir_all);
    }
}

#[test]
fn shell_can_be_read() {
    each("sh", |listing| reads("bash", &["-n"], &listing.text));
}

#[test]
fn scripts_can_be_read() {
    each("js", |listing| node(&listing.text));
    each("html", |listing| {
        let scripts = listing.text.split("<script").skip(1).filter_map(|rest| rest.split_once('>'));
        scripts.map(|(_, rest)| rest.split("</script>").next().unwrap_or_default()).try_for_each(node)
    });
}

fn node(text: &str) -> Result<(), String> {
    let file = Scratch::new("listing.mjs", text);
    reads("node", &["--check", file.path()], "")
}

/// Parts of a configuration get what stands around them.
#[test]
fn nginx_can_read_its_configurations() {
    each("nginx", |listing| {
        let text = &listing.text;
        let server =
            if text.contains("server {") { text.clone() } else { format!("server {{\nlisten 8081;\n{text}}}\n") };
        let folder = Scratch::new("nginx.conf", "");
        let here = folder.0.parent().expect("it stands in a folder").display().to_string();
        let whole = format!("pid {here}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n{server}}}\n");
        fs::write(&folder.0, whole).expect("a file can be written");
        reads("nginx", &["-t", "-q", "-p", &here, "-c", folder.path()], "")
    });
}

#[test]
fn caddy_can_read_its_configurations() {
    each("caddyfile", |listing| {
        let file = Scratch::new("Caddyfile", &listing.text);
        reads("caddy", &["validate", "--adapter", "caddyfile", "--config", file.path()], "")
    });
}

/// `$ why ..`, and what it prints, up to the next command.
#[test]
fn commands_print_what_is_said() {
    each("console", |listing| {
        let mut commands = listing.text.split("$ ").skip(1);
        commands.try_for_each(|part| {
            let (command, expected) = part.split_once('\n').unwrap_or((part, ""));
            let words = words(command);
            if words.first().is_none_or(|word| word != "why") {
                return Err(format!("only `why` is run here, not {command}"));
            }
            let arguments: Vec<&str> = words.iter().skip(1).map(String::as_str).collect();
            let run = why(&arguments);
            let printed = format!("{}{}", run.output, run.errors);
            if printed.trim() == expected.trim() { Ok(()) } else { Err(format!("{command} prints\n{printed}")) }
        })
    });
}

/// The words of a command, as the shell takes them apart.
fn words(command: &str) -> Vec<String> {
    let print = Command::new("bash").args(["-c", &format!("printf '%s\\0' {command}")]).output();
    let output = print.expect("a shell is there").stdout;
    let text = String::from_utf8(output).expect("a command is text");
    text.split_terminator('\0').map(str::to_owned).collect()
}
