//! Packages of their own, for what is compiled again and again or shall not compile.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

/// A package with one program, beside the workspace.
pub struct Package {
    directory: PathBuf,
    target: PathBuf,
}

impl Package {
    /// Writes the package into `directory`, the `CARGO_TARGET_TMPDIR` of a test. All of them share what they compile of others.
    ///
    /// # Errors
    ///
    /// What the file system refuses.
    pub fn new(directory: &str, name: &str, program: &Path) -> io::Result<Self> {
        let workspace = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
        let package = Path::new(directory).join(name);
        fs::create_dir_all(&package)?;
        let manifest = format!(
            "[package]\nname = {name:?}\nedition = \"2024\"\n\n\
             [[bin]]\nname = {name:?}\npath = {program:?}\n\n\
             [dependencies]\ncors-actix = {{ path = {:?} }}\n\n[workspace]\n",
            format!("{workspace}/cors-actix"),
        );
        fs::write(package.join("Cargo.toml"), manifest)?;
        // The versions that everything else is tested with.
        fs::copy(format!("{workspace}/Cargo.lock"), package.join("Cargo.lock"))?;
        Ok(Self { directory: package, target: Path::new(directory).join("target") })
    }

    /// The same with a program whose text is given.
    ///
    /// # Errors
    ///
    /// What the file system refuses.
    pub fn of_text(directory: &str, name: &str, program: &str) -> io::Result<Self> {
        let path = Path::new(directory).join(format!("{name}.rs"));
        fs::create_dir_all(directory)?;
        fs::write(&path, program)?;
        Self::new(directory, name, &path)
    }

    /// The same with these features of `cors-actix`.
    ///
    /// # Errors
    ///
    /// What the file system refuses.
    pub fn with_features(self, features: &[&str]) -> io::Result<Self> {
        let manifest = self.directory.join("Cargo.toml");
        let plain = fs::read_to_string(&manifest)?;
        fs::write(manifest, plain.replace("cors-actix\" }", &format!("cors-actix\", features = {features:?} }}")))?;
        Ok(self)
    }

    /// The same without the features that `cors-actix` has by default.
    ///
    /// # Errors
    ///
    /// What the file system refuses.
    pub fn without_default_features(self) -> io::Result<Self> {
        let manifest = self.directory.join("Cargo.toml");
        let plain = fs::read_to_string(&manifest)?;
        fs::write(manifest, plain.replace("cors-actix\"", "cors-actix\", default-features = false"))?;
        Ok(self)
    }

    /// Where `cargo build` puts the program.
    pub fn program(&self) -> PathBuf {
        self.target.join("debug").join(self.directory.file_name().unwrap_or_default())
    }

    /// `cargo run` or `cargo build`, with nothing said but what the program or the compiler says.
    pub fn cargo(&self, command: &str) -> Command {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.current_dir(&self.directory);
        cargo.args([command, "--quiet", "--color=never", "--target-dir"]).arg(&self.target);
        cargo
    }
}
