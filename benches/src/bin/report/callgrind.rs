//! Instructions, counted by callgrind.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use cors_benches::Question;

/// So many requests are counted, for the average of one: fewer than pools hold.
const TIMES: u32 = 120;

/// What runs the counted program, and where callgrind writes.
pub(crate) struct Callgrind {
    program: PathBuf,
    folder: PathBuf,
    runs: AtomicUsize,
}

impl Callgrind {
    /// Counts in the program that stands beside this one.
    pub(crate) fn new() -> io::Result<Self> {
        let valgrind = Command::new("valgrind").arg("--version").output();
        if !valgrind.is_ok_and(|output| output.status.success()) {
            let help =
                "instructions are counted by valgrind, which is not installed: on Debian, apt-get install valgrind";
            return Err(io::Error::other(help));
        }
        let folder = std::env::temp_dir().join(format!("cors-benches-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let program = std::env::current_exe()?.with_file_name("count");
        Ok(Self { program, folder, runs: AtomicUsize::new(0) })
    }

    /// The instructions of one request, on average over many that follow others.
    pub(crate) fn request(&self, case: &str, subject: &str) -> io::Result<f64> {
        let parts = self.count(&["case", case, subject, &TIMES.to_string()])?;
        match parts[..] {
            [total] => Ok((total / f64::from(TIMES)).round()),
            _ => Err(io::Error::other(format!("{} parts were counted of {case}, and not one", parts.len()))),
        }
    }

    /// The instructions of one search, for each question.
    pub(crate) fn search(&self, structure: &str, count: usize) -> io::Result<[f64; Question::ALL.len()]> {
        // A long list that is read from its beginning takes its time.
        let times = if structure == "scan" { 10 } else { 1000 };
        let parts = self.count(&["search", structure, &count.to_string(), &f64::to_string(&times.into())])?;
        let parts: [f64; Question::ALL.len()] =
            parts.try_into().map_err(|_| io::Error::other("not all searches were counted"))?;
        Ok(parts.map(|total| (total / f64::from(times)).round()))
    }

    /// The instructions of the worst search that is found in a list of so many patterns of all lengths.
    pub(crate) fn worst_search(&self, patterns: usize) -> io::Result<f64> {
        Ok(self.count(&["hostile", &patterns.to_string()])?.into_iter().fold(0.0, f64::max))
    }

    /// What was counted from one call of `from_here` to the next.
    ///
    /// The environment is empty, so that memory looks the same whoever counts.
    fn count(&self, arguments: &[&str]) -> io::Result<Vec<f64>> {
        let file = self.folder.join(self.runs.fetch_add(1, Ordering::Relaxed).to_string());
        let output = Command::new("valgrind")
            .env_clear()
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
            .current_dir("/")
            .args(["--tool=callgrind", "--collect-atstart=no"])
            .args(["--toggle-collect=*::measured", "--dump-before=count::from_here"])
            .arg(format!("--callgrind-out-file={}", file.display()))
            .arg(&self.program)
            .args(arguments)
            .output()?;
        if !output.status.success() {
            return Err(io::Error::other(format!("{arguments:?}: {}", String::from_utf8_lossy(&output.stderr))));
        }
        // The first part is what came before the first call; the last has no number.
        if !file.with_extension("1").exists() {
            return Err(io::Error::other(format!("{arguments:?}: from_here was not seen, so warming up would count")));
        }
        let numbered = (2..).map(|part| file.with_extension(part.to_string())).take_while(|part| part.exists());
        let parts: Vec<_> = numbered.chain([file.clone()]).map(|part| total(&part)).collect::<io::Result<_>>()?;
        if parts.contains(&0.0) {
            return Err(io::Error::other(format!("{arguments:?}: a part has no instructions")));
        }
        Ok(parts)
    }
}

impl Drop for Callgrind {
    fn drop(&mut self) {
        // What is left in the folder for temporary files harms nobody.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn total(file: &Path) -> io::Result<f64> {
    let text = std::fs::read_to_string(file)?;
    let total = text.lines().find_map(|line| line.strip_prefix("totals: ")?.trim().parse().ok());
    total.ok_or_else(|| io::Error::other(format!("{} has no total", file.display())))
}

/// Works on all items, on as many threads as there are processors. Results come in the order of the items.
pub(crate) fn at_once<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> io::Result<R> + Sync) -> io::Result<Vec<R>> {
    let next = AtomicUsize::new(0);
    let take = || -> io::Result<Vec<(usize, R)>> {
        let indices = std::iter::from_fn(|| Some(next.fetch_add(1, Ordering::Relaxed)));
        indices
            .map_while(|index| Some((index, items.get(index)?)))
            .map(|(index, item)| Ok((index, work(item)?)))
            .collect()
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut results = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(take)).collect();
        let results = threads.into_iter().map(|thread| thread.join().expect("a thread that gives errors back"));
        results.collect::<io::Result<Vec<_>>>().map(|results| results.into_iter().flatten().collect::<Vec<_>>())
    })?;
    results.sort_by_key(|(index, _)| *index);
    Ok(results.into_iter().map(|(_, result)| result).collect())
}
