//! `./bench --wrk`: whole requests over TCP, in pairs with and without.

use std::io::{self, BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use cors_benches::Subject;
use serde::{Deserialize, Serialize};

use crate::build::median;

const PAIRS: usize = 6;

/// Medians of ratios to the same without a policy.
#[derive(Serialize, Deserialize)]
pub(crate) struct EndToEnd {
    pub(crate) request: String,
    pub(crate) subject: String,
    pub(crate) requests_a_second: f64,
    pub(crate) median_latency: f64,
    pub(crate) latency_of_99: f64,
}

const GET: &str = "";
const PREFLIGHT: &str = "wrk.method = 'OPTIONS'
wrk.headers['Access-Control-Request-Method'] = 'PUT'
wrk.headers['Access-Control-Request-Headers'] = 'content-type,x-token'
";

/// All, one after the other.
pub(crate) fn measure() -> io::Result<Vec<EndToEnd>> {
    let requests = [("allowed GET", GET, Subject::Nothing), ("allowed preflights", PREFLIGHT, Subject::Empty)];
    let mut measured = Vec::new();
    for (request, script, without) in requests {
        let script = Script::new(script)?;
        let without = Server::start(without)?;
        for subject in [Subject::InSource, Subject::ActixCors] {
            let with = Server::start(subject)?;
            let pairs = (0..PAIRS).map(|_| Ok([script.run(&without)?, script.run(&with)?]));
            let pairs: Vec<[[f64; 3]; 2]> = pairs.collect::<io::Result<_>>()?;
            let ratio =
                |index: usize| median(pairs.iter().map(|[without, with]| with[index] / without[index]).collect());
            measured.push(EndToEnd {
                request: request.to_owned(),
                subject: subject.name().to_owned(),
                requests_a_second: ratio(0),
                median_latency: ratio(1),
                latency_of_99: ratio(2),
            });
        }
    }
    Ok(measured)
}

/// A program of its own, which ends with this value.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(subject: Subject) -> io::Result<Self> {
        let program = std::env::current_exe()?.with_file_name("server");
        let mut child = Command::new(program).arg(subject.name()).stdout(Stdio::piped()).spawn()?;
        let mut address = String::new();
        let output = child.stdout.take().ok_or_else(|| io::Error::other("the server has no output"))?;
        BufReader::new(output).read_line(&mut address)?;
        Ok(Self { child, address: address.trim().to_owned() })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has ended by itself, if this fails.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What wrk sends.
struct Script(std::path::PathBuf);

impl Script {
    fn new(lines: &str) -> io::Result<Self> {
        let file = std::env::temp_dir().join(format!("cors-benches-{}.lua", std::process::id()));
        std::fs::write(&file, format!("wrk.headers['Origin'] = 'https://app.example.com'\n{lines}"))?;
        Ok(Self(file))
    }

    /// Requests a second, the median of latencies in microseconds, and what 99 of 100 stay below.
    fn run(&self, server: &Server) -> io::Result<[f64; 3]> {
        let mut wrk = Command::new("wrk");
        wrk.args(["--threads=1", "--connections=32", "--duration=3s", "--latency", "--script"]).arg(&self.0);
        let output = wrk.arg(&server.address).output().map_err(|error| {
            io::Error::other(format!("wrk sends the requests; on Debian, apt-get install wrk ({error})"))
        })?;
        let output = String::from_utf8_lossy(&output.stdout);
        if output.contains("Non-2xx") || output.contains("Socket errors") {
            return Err(io::Error::other(format!("{}: {output}", server.address)));
        }
        let after = |label: &str| {
            let line = output.lines().find_map(|line| line.trim().strip_prefix(label));
            line.and_then(|value| number(value.trim()))
                .ok_or_else(|| io::Error::other(format!("no {label} in: {output}")))
        };
        Ok([after("Requests/sec:")?, after("50%")?, after("99%")?])
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        // What is left in the folder for temporary files harms nobody.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// As wrk writes it: a duration in microseconds, or a plain number.
fn number(text: &str) -> Option<f64> {
    let units = [("us", 1.0), ("ms", 1e3), ("s", 1e6), ("", 1.0)];
    let (digits, factor) = units.iter().find_map(|(unit, factor)| Some((text.strip_suffix(unit)?, factor)))?;
    Some(digits.parse::<f64>().ok()? * factor)
}
