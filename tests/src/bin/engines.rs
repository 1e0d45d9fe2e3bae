//! Runs generated pairs of a script's request and the server's answers in a real engine, and in the model as that engine.
//! Prints every pair of which they make different things; the exit status is 1 where there is one. `tests/README.md` says
//! what to install.

use std::collections::BTreeMap;
use std::error::Error;
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use cors_tests::engines::{EngineName, Outcome, Pair, Sites, ask_model, generate, run};

/// Runs generated pairs of request and answers in a real engine and in the model of it.
#[derive(Debug, Parser)]
struct Arguments {
    /// Whom to ask
    #[arg(long)]
    engine: EngineName,
    /// How many pairs
    #[arg(long, default_value_t = 2000)]
    pairs: usize,
    /// What they are made from
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only the pair at this place, as the second number of its name has it
    #[arg(long)]
    only: Option<usize>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments = Arguments::parse();
    let places = arguments.only.map_or(0..arguments.pairs, |only| only..only + 1);
    let pairs: Vec<Pair> = places.map(|index| generate(arguments.seed, index)).collect();
    let began = Instant::now();
    let differences = run(arguments.engine, &pairs).await?;
    for difference in &differences {
        println!("{difference}");
    }
    summarise(&pairs, arguments.engine);
    println!(
        "{} pairs of seed {} in {:?}, {} s: {} differences",
        pairs.len(),
        arguments.seed,
        arguments.engine,
        began.elapsed().as_secs(),
        differences.len()
    );
    Ok(if differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What the pairs reach, as the model has it.
fn summarise(pairs: &[Pair], engine: EngineName) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut count = |what: String| *counts.entry(what).or_default() += 1;
    for pair in pairs {
        count(format!("made: {:?}", pair.kind).to_lowercase());
        let told = ask_model(pair, &Sites::imagined(), Some(engine.engine()));
        for (code, statement) in told.reasons {
            count(format!("reason: {code} ({statement})"));
        }
        for outcome in &told.seen.outcomes {
            count(format!(
                "outcome: {}",
                match outcome {
                    Outcome::Readable { .. } => "readable",
                    Outcome::Opaque => "opaque",
                    Outcome::OpaqueRedirect => "opaque-redirect",
                    Outcome::Local => "local",
                    Outcome::Blocked => "blocked",
                }
            ));
        }
    }
    for (what, count) in counts {
        println!("{count:6} {what}");
    }
}
