//! The crates whose mutants are tried, and the test programs that try them.

/// A crate of the workspace.
pub(crate) struct Crate {
    /// Its folder, and the name of its list of survivors.
    pub(crate) folder: &'static str,
    pub(crate) package: &'static str,
    /// Files and folders below `src`, the most important first. All others come after them.
    pub(crate) first: &'static [&'static str],
    /// Files and folders below `src` that have no mutants.
    pub(crate) without: &'static [&'static str],
    /// What `cargo test --no-run` is given, to build the programs.
    pub(crate) build: &'static [&'static str],
    /// Tests in the order in which they try a mutant: what takes little time and notices much comes first.
    pub(crate) programs: &'static [Program],
}

/// A run of a test program.
pub(crate) struct Program {
    /// The file of the program, without the hash that cargo adds.
    pub(crate) name: &'static str,
    pub(crate) arguments: &'static [&'static str],
    /// The folder of its package, where cargo would run it.
    pub(crate) folder: &'static str,
}

const fn program(folder: &'static str, name: &'static str, arguments: &'static [&'static str]) -> Program {
    Program { name, arguments, folder }
}

pub(crate) const CRATES: [Crate; 4] = [
    // Texts of messages are left out: tests compare them word for word.
    Crate {
        folder: "cors-core",
        package: "cors-actix-core",
        first: &[
            "decide",
            "reply",
            "grants",
            "vary",
            "ask",
            "nested",
            "missing",
            "stranger",
            "private",
            "request",
            "requested",
            "response",
            "origin",
            "pattern",
            "validate",
            "suffixes",
            "policy",
            "max_age",
            "document",
            "draft",
            "names",
            "key",
            "spelling",
            "packed",
            "quote",
            "joined",
            "credentials",
            "decision",
            "denial",
            "text",
            "origin_list",
        ],
        without: &["lib", "issue", "advice"],
        build: &["-p", "cors-actix-core", "--all-features"],
        programs: &[
            program("cors-core", "tables", &[]),
            program("cors-core", "random_decisions", &[]),
            program(
                "cors-core",
                "it",
                &["--skip", "matcher::", "--skip", "parts::", "--skip", "anything::", "--skip", "printed::"],
            ),
            program("cors-core", "cors_core", &[]),
            program(
                "cors-core",
                "it",
                &["lists::", "parts::", "anything::", "--skip", "patterns_below", "--skip", "every_length"],
            ),
            program("cors-core", "it", &["printed::", "the_matcher_agrees", "patterns_below", "every_length"]),
        ],
    },
    // The rules of the model. What explains them in words is left out.
    Crate {
        folder: "cors-browser",
        package: "cors-browser",
        first: &[
            "check",
            "preflight",
            "safelist",
            "steps",
            "redirect",
            "memory",
            "cache",
            "api",
            "expose",
            "header",
            "origin",
            "site",
        ],
        without: &["lib", "explain"],
        build: &["-p", "cors-browser", "--all-features"],
        programs: &[
            program("cors-browser", "cors_browser", &[]),
            program("cors-browser", "tables", &[]),
            program("cors-browser", "it", &["browser_model::"]),
            program("cors-browser", "it", &["explain::"]),
        ],
    },
    // A macro runs inside the compiler. Its pipeline is a function of tokens, which its unit tests call.
    Crate {
        folder: "cors-macros",
        package: "cors-actix-macros",
        first: &["emit", "report", "build", "configuration", "parse"],
        without: &["tests"],
        build: &["-p", "cors-actix-macros"],
        programs: &[
            program("cors-macros", "cors_macros", &["--skip", "whatever_the_text"]),
            program("cors-macros", "cors_macros", &["whatever_the_text"]),
        ],
    },
    // The middleware, the sources of origins and the observers, by tests over requests and over TCP.
    Crate {
        folder: "cors-actix",
        package: "cors-actix",
        first: &[
            "service",
            "grants",
            "headers",
            "rejection",
            "nesting",
            "nested_grant",
            "nested_response",
            "prepared",
            "incoming",
            "held",
            "future",
            "with_preflight",
            "with_source",
            "source",
        ],
        without: &["lib", "off", "inspector", "testing", "finding", "from_actix_cors", "keys", "values"],
        build: &[
            "-p",
            "cors-tests",
            "-p",
            "cors-actix",
            "--features",
            "cors-actix/inspector,cors-actix/serde,cors-actix/testing",
        ],
        programs: &[program("cors-actix", "cors_actix", &[])],
    },
];

impl Crate {
    /// Where a file below `src` stands in the order of importance, if it has mutants.
    pub(crate) fn importance(&self, file: &str) -> Option<usize> {
        let is_or_is_below = |name: &&str| file.strip_prefix(*name).is_some_and(|rest| rest.starts_with(['.', '/']));
        if self.without.iter().any(|name| is_or_is_below(&name)) {
            return None;
        }
        Some(self.first.iter().position(|name| is_or_is_below(&name)).unwrap_or(self.first.len()))
    }
}
