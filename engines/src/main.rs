//! Runs generated visits in a real engine, and in the model as that engine. Prints every visit of which they make different things; the
//! exit status is 1 where there is one. `README.md` says what to install.

use std::error::Error;
use std::process::ExitCode;
use std::time::Instant;

use clap::{Parser, ValueEnum};
use cors_engines::{EngineName, Kind, Report, Visit, generate, run, stopped};

/// Runs generated visits in a real engine and in the model of it.
#[derive(Debug, Parser)]
struct Arguments {
    /// Whom to ask
    #[arg(long)]
    engine: EngineName,
    /// How many visits
    #[arg(long, default_value_t = 2000)]
    visits: usize,
    /// What they are made from
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only those of this kind
    #[arg(long)]
    kind: Option<KindName>,
    /// Only the visit of this name, such as 1:459
    #[arg(long, value_name = "SEED:NUMBER", value_parser = name)]
    only: Option<(u64, usize)>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum KindName {
    /// Nothing waits
    Plain,
    /// There are waits between requests
    Waits,
}

fn name(text: &str) -> Result<(u64, usize), String> {
    let parts = text.split_once(':').and_then(|(seed, number)| Some((seed.parse().ok()?, number.parse().ok()?)));
    parts.ok_or_else(|| "a visit is called by its seed and its number, such as 1:459".to_owned())
}

impl Arguments {
    fn visits(&self) -> Vec<Visit> {
        if let Some((seed, index)) = self.only {
            return vec![generate(seed, index)];
        }
        let kind = self.kind.map(|kind| match kind {
            KindName::Plain => Kind::Plain,
            KindName::Waits => Kind::Waits,
        });
        let all = (0..).map(|index| generate(self.seed, index));
        all.filter(|visit| kind.is_none_or(|kind| visit.kind == kind)).take(self.visits).collect()
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments = Arguments::parse();
    let (stopped, visits, began) = (stopped()?, arguments.visits(), Instant::now());
    let report = run(arguments.engine, &visits, stopped).await;
    print(&report);
    println!(
        "{} of {} visits in {:?}, {} s: {} differences, {} not judged, {} run again",
        report.run,
        visits.len(),
        arguments.engine,
        began.elapsed().as_secs(),
        report.differences.len(),
        report.not_judged,
        report.run_again,
    );
    if let Some(error) = report.error {
        return Err(error.into());
    }
    Ok(if report.differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn print(report: &Report) {
    for difference in &report.differences {
        println!("{difference}");
    }
    for (what, count) in &report.counts {
        println!("{count:6} {what}");
    }
}
