//! Mixed traffic over several hundred connections for some time, while policies are replaced, a source is slow and fails, and strangers
//! with the longest origins flood it. Every response is compared whole; no origin that is known is denied; the memory of the server, a process
//! of its own, stays below [`MOST_MEMORY`].
//!
//! `CORS_TESTS_SOAK_SECONDS=1200 cargo test --release -p cors-tests --test soak -- --nocapture` is the whole proof.

mod load;
mod served;

use std::env;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use libtest_mimic::{Arguments, Failed, Trial};

use load::Load;

/// What the server may take in all, in KiB: the program itself, 300 connections, and what its source remembers.
const MOST_MEMORY: u64 = 64 * 1024;
/// What it may take more at the end than half-way, in KiB, once it has run for ten minutes.
const MOST_GROWTH: u64 = 2 * 1024;
const SERVES: &str = "CORS_TESTS_SOAK_SERVES";

fn main() {
    if env::var_os(SERVES).is_some() {
        return served::serve();
    }
    let soak = Trial::test("no_response_is_wrong_and_memory_is_bounded", soak);
    libtest_mimic::run(&Arguments::from_args(), vec![soak]).exit();
}

/// The server, which ends with this.
struct Server {
    process: Child,
    address: SocketAddr,
}

impl Server {
    fn start() -> Result<Self, Failed> {
        let mut process = Command::new(env::current_exe()?).env(SERVES, "1").stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        BufReader::new(process.stdout.take().ok_or("no output")?).read_line(&mut line)?;
        Ok(Self { process, address: line.trim().parse()? })
    }

    /// In KiB.
    fn memory(&self) -> Result<u64, Failed> {
        let said = Command::new("ps").args(["-o", "rss=", "-p", &self.process.id().to_string()]).output()?;
        Ok(String::from_utf8(said.stdout)?.trim().parse()?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn soak() -> Result<(), Failed> {
    let seconds = env::var("CORS_TESTS_SOAK_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(10);
    let (server, load, begin) = (Server::start()?, Arc::new(Load::default()), Instant::now());
    let address = server.address;
    let runs = Arc::clone(&load);
    let client = std::thread::spawn(move || actix_web::rt::System::new().block_on(load::run(address, runs)));
    let mut memory = Vec::new();
    for second in 1..=seconds {
        // The clock is what is tested here.
        std::thread::park_timeout((begin + Duration::from_secs(second)).saturating_duration_since(Instant::now()));
        memory.push(server.memory()?);
        if client.is_finished() || load.has_failed() {
            break;
        }
        if second % 60 == 0 {
            println!("{second} s: {load}, {} KiB", memory[memory.len() - 1]);
        }
    }
    load.stop();
    client.join().map_err(|_| "the client panicked")?;
    let (half, last) = (memory[memory.len() / 2], memory[memory.len() - 1]);
    let most = memory.iter().max().copied().unwrap_or_default();
    println!("{load} in {:.0?}; KiB: most {most}, half-way {half}, at the end {last}", begin.elapsed());
    if let Some(failure) = load.failure() {
        return Err(failure.into());
    }
    for (kind, count) in load.counts() {
        assert!(count > 0, "{kind} was never asked");
    }
    assert!(load.was_replaced(), "one of the policies that replace each other was never in force");
    assert!(most < MOST_MEMORY, "{most} KiB");
    assert!(seconds < 1_200 || last < half + MOST_GROWTH, "{half} KiB half-way, {last} KiB at the end");
    Ok(())
}
