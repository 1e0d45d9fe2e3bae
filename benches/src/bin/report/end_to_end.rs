//! `./bench --wrk`: whole requests over TCP, under one subject and under another.

use std::io::{self, BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::{fs, thread};

use cors_benches::Subject;
use serde::{Deserialize, Serialize};

use crate::build::median;

pub(crate) const PAIRS: usize = 6;

/// Medians of ratios of one subject to another.
#[derive(Serialize, Deserialize)]
pub(crate) struct EndToEnd {
    pub(crate) request: String,
    pub(crate) subject: String,
    pub(crate) to: String,
    /// Of pairs that take turns.
    pub(crate) requests_a_second: f64,
    pub(crate) median_latency: f64,
    pub(crate) latency_of_99: f64,
    /// Of pairs that share one processor at the same time, so that what slows the machine slows both.
    pub(crate) requests_for_processor_time: f64,
}

/// What is sent, and who is compared with whom.
type Comparison = (&'static str, &'static str, &'static [[Subject; 2]]);

const COMPARISONS: [Comparison; 3] = [
    (
        "allowed GET",
        "",
        &[
            [Subject::InSource, Subject::Nothing],
            [Subject::InSource, Subject::ByHand],
            [Subject::ActixCors, Subject::Nothing],
            // How much of a difference is none.
            [Subject::Nothing, Subject::Nothing],
        ],
    ),
    (
        "allowed preflight",
        PREFLIGHT,
        &[
            [Subject::InSource, Subject::Nothing],
            [Subject::InSource, Subject::ByHand],
            [Subject::InSource, Subject::Empty],
            [Subject::ActixCors, Subject::Nothing],
        ],
    ),
    (FLOOD, THOUSAND_NAMES, &[[Subject::InSource, Subject::Nothing], [Subject::ActixCors, Subject::Nothing]]),
];

const FLOOD: &str = "preflight, 1,000 names";
const PREFLIGHT: &str = "wrk.method = 'OPTIONS'
wrk.headers['Access-Control-Request-Method'] = 'PUT'
wrk.headers['Access-Control-Request-Headers'] = 'content-type,x-token'
";
const THOUSAND_NAMES: &str = "wrk.method = 'OPTIONS'
wrk.headers['Access-Control-Request-Method'] = 'PUT'
local names = {}
for number = 0, 999 do names[#names + 1] = 'x-' .. number end
wrk.headers['Access-Control-Request-Headers'] = table.concat(names, ',')
";

/// All, one after the other.
pub(crate) fn measure() -> io::Result<Vec<EndToEnd>> {
    let mut measured = Vec::new();
    for (request, script, compared) in COMPARISONS {
        let script = Script::new(script)?;
        for [subject, to] in compared {
            // So long a list is refused by actix-cors.
            let refuses = |subject: Subject| request == FLOOD && subject == Subject::ActixCors;
            let run = |server: &Server| script.run(server, refuses(server.subject));
            let servers = [Server::start(*subject)?, Server::start(*to)?];
            let in_turns = pairs(|number| {
                let [with, without] = &servers;
                // Each is the first in every other pair.
                if number % 2 == 0 {
                    let without = run(without)?;
                    return Ok([run(with)?, without]);
                }
                Ok([run(with)?, run(without)?])
            })?;
            let at_once = pairs(|_| {
                thread::scope(|scope| {
                    let runs = servers.each_ref().map(|server| scope.spawn(|| run(server)));
                    let [with, without] = runs.map(|run| run.join().expect("a thread that gives errors back"));
                    Ok([with?, without?])
                })
            })?;
            measured.push(EndToEnd {
                request: request.to_owned(),
                subject: subject.name().to_owned(),
                to: to.name().to_owned(),
                requests_a_second: ratio(&in_turns, |run| run.requests_a_second),
                median_latency: ratio(&in_turns, |run| run.median_latency),
                latency_of_99: ratio(&in_turns, |run| run.latency_of_99),
                requests_for_processor_time: ratio(&at_once, |run| run.requests_for_processor_time),
            });
        }
    }
    Ok(measured)
}

fn pairs(pair: impl Fn(usize) -> io::Result<[Run; 2]>) -> io::Result<Vec<[Run; 2]>> {
    (0..PAIRS).map(pair).collect()
}

fn ratio(pairs: &[[Run; 2]], figure: impl Fn(&Run) -> f64) -> f64 {
    median(pairs.iter().map(|[one, other]| figure(one) / figure(other)).collect())
}

/// A program of its own, which ends with this value.
struct Server {
    subject: Subject,
    child: Child,
    address: String,
}

impl Server {
    /// All on the first processor, and wrk on the second.
    fn start(subject: Subject) -> io::Result<Self> {
        let program = std::env::current_exe()?.with_file_name("server");
        let mut taskset = Command::new("taskset");
        taskset.args(["--cpu-list", "0"]).arg(program).arg(subject.name());
        let mut child = taskset.stdout(Stdio::piped()).spawn()?;
        let mut address = String::new();
        let output = child.stdout.take().ok_or_else(|| io::Error::other("the server has no output"))?;
        BufReader::new(output).read_line(&mut address)?;
        Ok(Self { subject, child, address: address.trim().to_owned() })
    }

    /// Nanoseconds that all its threads have had.
    fn processor_time(&self) -> io::Result<f64> {
        let threads = fs::read_dir(format!("/proc/{}/task", self.child.id()))?;
        let of_thread = |thread: io::Result<fs::DirEntry>| {
            let text = fs::read_to_string(thread?.path().join("schedstat"))?;
            let first = text.split_whitespace().next().and_then(|number| number.parse::<f64>().ok());
            first.ok_or_else(|| io::Error::other(format!("no time in {text:?}")))
        };
        threads.map(of_thread).sum()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has ended by itself, if this fails.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What wrk found in some seconds.
struct Run {
    requests_a_second: f64,
    /// In microseconds.
    median_latency: f64,
    /// What 99 of 100 stay below.
    latency_of_99: f64,
    requests_for_processor_time: f64,
}

/// What wrk sends.
struct Script(std::path::PathBuf);

impl Script {
    fn new(lines: &str) -> io::Result<Self> {
        let file = std::env::temp_dir().join(format!("cors-benches-{}.lua", std::process::id()));
        std::fs::write(&file, format!("wrk.headers['Origin'] = 'https://app.example.com'\n{lines}"))?;
        Ok(Self(file))
    }

    fn run(&self, server: &Server, refused: bool) -> io::Result<Run> {
        let before = server.processor_time()?;
        let mut wrk = Command::new("taskset");
        wrk.args(["--cpu-list", "1", "wrk", "--threads=1", "--connections=32", "--duration=3s", "--latency"]);
        let output = wrk.arg("--script").arg(&self.0).arg(&server.address).output()?;
        let output = [output.stdout, output.stderr].concat();
        let output = String::from_utf8_lossy(&output);
        if output.contains("Non-2xx") != refused || output.contains("Socket errors") {
            return Err(io::Error::other(format!("{}: {output}", server.address)));
        }
        let after = |label: &str| {
            let line = output.lines().find_map(|line| line.trim().strip_prefix(label));
            line.and_then(|value| number(value.trim())).ok_or_else(|| {
                let help = "wrk sends the requests, on the second processor; on Debian, apt-get install wrk";
                io::Error::other(format!("{help}: no {label} in: {output}"))
            })
        };
        let requests = output.lines().find_map(|line| line.trim().split_once(" requests in ")?.0.parse::<f64>().ok());
        let requests = requests.ok_or_else(|| io::Error::other(format!("no requests in: {output}")))?;
        Ok(Run {
            requests_a_second: after("Requests/sec:")?,
            median_latency: after("50%")?,
            latency_of_99: after("99%")?,
            requests_for_processor_time: requests / (server.processor_time()? - before),
        })
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
