//! `./bench --build`: what a policy adds to the build of a program.

use std::collections::BTreeSet;
use std::io;

use serde::{Deserialize, Serialize};

use crate::scratch::Scratch;

const RUNS: usize = 3;
const ACTIX_WEB: &str = "actix-web = { version = \"4\", default-features = false, features = [\"macros\"] }\n";

#[derive(Serialize, Deserialize)]
pub(crate) struct Build {
    pub(crate) origins: Vec<Expanded>,
    pub(crate) policies: Vec<Expanded>,
    pub(crate) programs: Vec<Program>,
}

/// Seconds of `cargo check` for a program with so many origins, or so many policies.
#[derive(Serialize, Deserialize)]
pub(crate) struct Expanded {
    pub(crate) count: usize,
    pub(crate) seconds: f64,
}

/// A small program of actix-web, and what building it takes where actix-web is built already.
#[derive(Serialize, Deserialize)]
pub(crate) struct Program {
    pub(crate) name: String,
    /// Of the release program, stripped.
    pub(crate) bytes: f64,
    pub(crate) crates: usize,
    /// Without what only runs while building.
    pub(crate) crates_that_run: usize,
    pub(crate) debug_seconds: f64,
    pub(crate) release_seconds: f64,
    /// In a debug build, after a change of the program.
    pub(crate) incremental_seconds: f64,
}

impl Build {
    pub(crate) fn seconds_for(&self, origins: usize) -> Option<f64> {
        self.origins.iter().find(|expanded| expanded.count == origins).map(|expanded| expanded.seconds)
    }

    /// What a program with a policy has more than one without.
    pub(crate) fn more(&self, of: impl Fn(&Program) -> f64) -> Option<f64> {
        let program = |name| self.programs.iter().find(|program| program.name == name).map(&of);
        Some(program("cors-actix")? - program("actix-web alone")?)
    }

    pub(crate) fn measure() -> io::Result<Self> {
        let ours = format!("cors-actix = {{ path = {:?} }}\n", std::env::current_dir()?.join("cors-actix"));
        let dependencies = format!("{ACTIX_WEB}{ours}");
        let expansion = Scratch::new("expansion", &dependencies)?;
        let origins = expanded(&expansion, [1, 10_000, 20_000, 40_000].map(|count| (count, policies(1, count))))?;
        let policies = expanded(&expansion, [1, 100].map(|count| (count, policies(count, 10))))?;

        let bare = Scratch::new("bare", ACTIX_WEB)?;
        bare.write(&program("", "", ""))?;
        bare.cargo(&["build"])?;
        bare.cargo(&["build", "--release"])?;
        let policy = "const WEB_APP: cors_actix::Cors = cors_actix::cors_policy! {\n    \
                      origins: [\"https://app.example.com\"],\n    credentials: true,\n    methods: [PUT],\n    \
                      allow_headers: [\"Content-Type\"],\n};\n";
        let builder = ".wrap(actix_cors::Cors::default().allowed_origin(\"https://app.example.com\")\
                       .supports_credentials().allowed_methods([\"GET\", \"PUT\"]).allowed_header(\"Content-Type\"))";
        let programs = [
            ("actix-web alone", "", "", ""),
            ("cors-actix", &*ours, policy, ".wrap(WEB_APP)"),
            ("actix-cors", "actix-cors = \"0.7\"\n", "", builder),
        ];
        let programs = programs.map(|(name, dependency, items, wrapped)| {
            let scratch = Scratch::new(name, &format!("{ACTIX_WEB}{dependency}"))?.with_target_of(&bare)?;
            build(name, &scratch, |change| program(items, wrapped, change))
        });
        Ok(Self { origins, policies, programs: programs.into_iter().collect::<io::Result<_>>()? })
    }
}

/// The seconds of each source are measured in turns, so that what slows the machine down slows all.
fn expanded<const N: usize>(scratch: &Scratch, sources: [(usize, String); N]) -> io::Result<Vec<Expanded>> {
    let mut seconds = [const { Vec::new() }; N];
    // What the first one finds is not built yet.
    for run in 0..=RUNS {
        for ((_, source), seconds) in sources.iter().zip(&mut seconds) {
            scratch.write(source)?;
            let (_, took) = scratch.cargo(&["check"])?;
            if run > 0 {
                seconds.push(took);
            }
        }
    }
    let of_each = sources.into_iter().zip(seconds);
    Ok(of_each.map(|((count, _), seconds)| Expanded { count, seconds: median(seconds) }).collect())
}

fn build(name: &str, scratch: &Scratch, source: impl Fn(&str) -> String) -> io::Result<Program> {
    scratch.write(&source(""))?;
    let (_, debug_seconds) = scratch.cargo(&["build"])?;
    let (_, release_seconds) = scratch.cargo(&["build", "--release"])?;
    let change = |number| {
        scratch.write(&source(&format!("pub fn change() -> u32 {{ {number} }}\n")))?;
        Ok(scratch.cargo(&["build"])?.1)
    };
    let incremental = (0..RUNS).map(change).collect::<io::Result<_>>()?;
    let crates = |edges| {
        let (tree, _) = scratch.cargo(&["tree", "--quiet", "--prefix=none", "--format={p}", "--edges", edges])?;
        io::Result::Ok(tree.lines().map(|line| line.trim_end_matches(" (*)")).collect::<BTreeSet<_>>().len())
    };
    Ok(Program {
        name: name.to_owned(),
        bytes: scratch.bytes()? as f64,
        crates: crates("normal,build")?,
        crates_that_run: crates("normal,no-proc-macro")?,
        debug_seconds,
        release_seconds,
        incremental_seconds: median(incremental),
    })
}

/// A program with so many policies of so many origins.
fn policies(policies: usize, origins: usize) -> String {
    let origins: String =
        (0..origins).map(|number| format!("        \"https://tenant-{number}.example.com\",\n")).collect();
    let policy = |number| {
        format!(
            "pub const POLICY_{number}: cors_actix::Cors = cors_actix::cors_policy! {{\n    origins: [\n{origins}    ],\n}};\n"
        )
    };
    (0..policies).map(policy).collect::<String>() + "fn main() {}\n"
}

fn program(items: &str, wrapped: &str, change: &str) -> String {
    format!(
        "use actix_web::{{App, HttpServer, get}};\n{items}{change}\
         #[get(\"/\")]\nasync fn index() -> &'static str {{ \"handled\" }}\n\
         #[actix_web::main]\nasync fn main() -> std::io::Result<()> {{\n    \
         HttpServer::new(|| App::new().service(index){wrapped}).bind((\"localhost\", 8080))?.run().await\n}}\n"
    )
}

pub(crate) fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    match (numbers.get(numbers.len().saturating_sub(1) / 2), numbers.get(numbers.len() / 2)) {
        (Some(below), Some(above)) => f64::midpoint(*below, *above),
        _ => f64::NAN,
    }
}
