//! A package outside of the repository, as a user of the crates has one.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;
use std::{fs, io};

pub(crate) struct Scratch(PathBuf);

impl Scratch {
    /// With these lines of dependencies, in the versions of this repository's `Cargo.lock`.
    pub(crate) fn new(name: &str, dependencies: &str) -> io::Result<Self> {
        let folder = std::env::temp_dir().join(format!("cors-benches-{}-{name}", std::process::id()));
        fs::create_dir_all(folder.join("src"))?;
        let manifest = format!(
            "[package]\nname = \"scratch\"\nedition = \"2024\"\n[dependencies]\n{dependencies}\n\
             [profile.release]\nstrip = true\n[workspace]\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest)?;
        for file in ["Cargo.lock", "rust-toolchain.toml"] {
            fs::copy(file, folder.join(file))?;
        }
        Ok(Self(folder))
    }

    /// Takes over what another has built.
    pub(crate) fn with_target_of(self, other: &Self) -> io::Result<Self> {
        run(Command::new("cp").arg("-a").arg(other.path("target")).arg(self.path("target")))?;
        Ok(self)
    }

    pub(crate) fn write(&self, source: &str) -> io::Result<()> {
        fs::write(self.path("src/main.rs"), source)
    }

    /// What cargo says, and the seconds that it takes.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> io::Result<(String, f64)> {
        let mut cargo = Command::new("cargo");
        cargo.args(arguments).current_dir(&self.0).env("CARGO_TARGET_DIR", self.path("target"));
        let start = Instant::now();
        let said = run(cargo.env_remove("CARGO_INCREMENTAL").env_remove("RUSTFLAGS"))?;
        Ok((said, start.elapsed().as_secs_f64()))
    }

    /// The size of the release program.
    pub(crate) fn bytes(&self) -> io::Result<u64> {
        Ok(fs::metadata(self.path("target/release/scratch"))?.len())
    }

    fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.0.join(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left in the folder for temporary files harms nobody.
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn run(command: &mut Command) -> io::Result<String> {
    let output = command.stdin(Stdio::null()).output()?;
    if !output.status.success() {
        return Err(io::Error::other(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr))));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
