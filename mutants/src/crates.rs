//! The crates that have mutants, and the test programs that run them.

/// A crate of the workspace. Each list is a text of words.
pub(crate) struct Crate {
    /// Its folder, and the name of its list of survivors.
    pub(crate) folder: &'static str,
    pub(crate) package: &'static str,
    /// Files and folders below `src`, the most important first. All others follow.
    first: &'static str,
    /// Files and folders below `src` that have no mutants.
    without: &'static str,
    /// Arguments of `cargo test --no-run`, which builds the programs.
    pub(crate) build: &'static str,
    /// The folder in which cargo would run the programs.
    pub(crate) tests: &'static str,
    /// Test programs and their arguments, in the order in which they run a mutant: fast programs that notice many come first.
    pub(crate) programs: &'static [&'static str],
}

pub(crate) const CRATES: [Crate; 4] = [
    // Without the texts of messages: tests compare them word for word.
    Crate {
        folder: "cors-core",
        package: "cors-actix-core",
        first: "decide reply grants vary ask nested missing stranger private request requested response origin pattern \
                validate suffixes policy max_age document draft names key spelling packed quote joined credentials decision \
                denial text origin_list",
        without: "lib issue advice",
        build: "-p cors-actix-core --all-features",
        tests: "cors-core",
        programs: &[
            "tables",
            "random_decisions",
            "it --skip matcher:: --skip parts:: --skip anything:: --skip printed::",
            "cors_core",
            "it lists:: parts:: anything:: --skip patterns_below --skip every_length",
            "it patterns_below every_length",
        ],
    },
    // The rules of the model, without their explanations.
    Crate {
        folder: "cors-browser",
        package: "cors-browser",
        first: "check preflight safelist steps redirect preflight_cache cached_permission api expose header origin site",
        without: "lib explain",
        build: "-p cors-browser --all-features",
        tests: "cors-browser",
        programs: &[
            "tables --skip agreement::random",
            "it browser_model:: --skip between:: --skip never_panics:: --skip proof::",
            "it explain:: --skip never_panics:: --skip fixes::",
            "it proof::",
        ],
    },
    // The macro runs in the compiler. Its unit tests call its pipeline, which is a function of tokens.
    Crate {
        folder: "cors-macros",
        package: "cors-actix-macros",
        first: "emit report build configuration parse",
        without: "tests",
        build: "-p cors-actix-macros",
        tests: "cors-macros",
        programs: &["cors_macros --skip for_every_text", "cors_macros for_every_text"],
    },
    // The middleware, the sources of origins and the observers, without the inspector and the test kit.
    Crate {
        folder: "cors-actix",
        package: "cors-actix",
        first: "service grants headers rejection nesting nested_grant nested_response prepared incoming held future \
                with_preflight with_source source",
        without: "lib off inspector testing finding from_actix_cors keys values",
        build: "-p cors-tests -p cors-actix --lib --test nesting --test wire --test errors --test merging --test order \
                --test reject --test routes --test source --test log --test vulnerabilities --test upgrades --test flood \
                --test inspector",
        tests: "tests",
        programs: &[
            "merging",
            "errors",
            "routes",
            "order",
            "reject",
            "upgrades",
            "vulnerabilities",
            "wire",
            "log",
            "inspector --skip builds:: --skip example::",
            "source",
            "nesting",
            "cors_actix",
            "flood",
        ],
    },
];

impl Crate {
    /// The position of a file below `src` in the order of importance. `None` if it has no mutants.
    pub(crate) fn importance(&self, file: &str) -> Option<usize> {
        let is_or_is_below = |name: &str| file.strip_prefix(name).is_some_and(|rest| rest.starts_with(['.', '/']));
        if self.without.split_whitespace().any(is_or_is_below) {
            return None;
        }
        let first = self.first.split_whitespace();
        Some(first.clone().position(is_or_is_below).unwrap_or_else(|| first.count()))
    }
}
