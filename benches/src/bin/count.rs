//! What callgrind counts: `count case NAME SUBJECT TIMES`, `count search STRUCTURE HOW-MANY TIMES` with all questions, or
//! `count hostile HOW-MANY` with each host alone.

use cors_benches::{Case, Question, Structure, Subject, hostile};

/// As many as actix-web's pools hold.
const WARM_UP: usize = 128;

/// Callgrind writes down what it has counted when this is called, and begins anew.
#[inline(never)]
fn from_here() {
    std::hint::black_box(());
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["case", case, subject, times] => send(case, subject, number(times)),
        ["search", structure, count, times] => search(structure, number(count), number(times)),
        ["hostile", count] => search_each(number(count)),
        _ => panic!("count takes what its documentation says"),
    }
}

fn number(text: &str) -> usize {
    text.parse().expect("a number")
}

fn send(case: &str, subject: &str, times: usize) {
    let case = Case::named(case).expect("a case");
    #[cfg(feature = "source")]
    let with_source = (subject == cors_benches::WITH_SOURCE).then(|| cors_benches::with_source(&case)).flatten();
    #[cfg(not(feature = "source"))]
    let with_source = None;
    let served = with_source.or_else(|| Subject::named(subject)?.serve(&case)).expect("a subject");
    let mut warm_up = served.calls(&case, WARM_UP);
    (0..WARM_UP).for_each(|_| warm_up());
    drop(warm_up);
    let mut call = served.calls(&case, times);
    from_here();
    (0..times).for_each(|_| call());
}

fn search(structure: &str, count: usize, times: usize) {
    let structure = Structure::named(structure).expect("a structure");
    let search = structure.build(count);
    for question in Question::ALL {
        let asked = structure.asked(count, question, times);
        from_here();
        let found = search(&asked);
        assert_eq!(found, if question == Question::Hit { times } else { 0 }, "found is what is listed");
    }
}

fn search_each(count: usize) {
    for (search, origins) in hostile(count) {
        for origin in origins {
            from_here();
            assert_eq!(search(&[origin]), 1, "it is listed");
        }
    }
}
