//! Writes the policies in source that are too long for one: the names are those of `setting::origin`.

use std::path::PathBuf;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let policies: String =
        [("OF_1", 1), ("OF_10", 10), ("OF_1_000", 1000)].map(|(name, count)| policy(name, count)).concat();
    let folder = env::var_os("OUT_DIR").expect("cargo sets the folder");
    fs::write(PathBuf::from(folder).join("many.rs"), policies).expect("the folder can be written to");
}

fn policy(name: &str, origins: usize) -> String {
    let origins: String = (0..origins).map(|number| format!("\"https://tenant-{number:08}.example.com\", ")).collect();
    format!(
        "const {name}: Cors = cors_policy! {{\n    origins: [{origins}],\n    credentials: true,\n    \
         methods: [GET, PUT],\n    allow_headers: [\"content-type\", \"x-token\"],\n    max_age: 1h,\n}};\n"
    )
}
