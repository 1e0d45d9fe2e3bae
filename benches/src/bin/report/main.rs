//! Counts.

mod callgrind;

use cors_benches::{Case, Subject};

fn main() -> std::io::Result<()> {
    let program = std::env::current_exe()?.with_file_name("count");
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    for case in Case::all().into_iter().filter(|case| wanted.is_empty() || wanted.iter().any(|name| name == case.name))
    {
        let mut line = case.name.to_owned();
        for subject in Subject::ALL {
            if subject.serve(&case).is_some() {
                let count = callgrind::instructions(&program, subject, &case)?;
                line += &format!(" | {} {count:.0}", subject.name());
            }
        }
        println!("{line}");
    }
    Ok(())
}
