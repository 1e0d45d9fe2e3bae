//! Lists the pages in `codes`, from which `src/codes.rs` makes a module each.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=codes");
    let mut pages = Vec::new();
    for entry in fs::read_dir("codes")? {
        let path = entry?.path();
        if let Some(code) = path.file_stem().and_then(|name| name.to_str()) {
            pages.push(format!("    {} = {code:?},\n", code.replace('-', "_")));
        }
    }
    pages.sort();
    let directory = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&directory).join("pages.rs"), format!("pages! {{\n{}}}\n", pages.concat()))
}
